#ifndef CVIPS_PROFILES_H
#define CVIPS_PROFILES_H

#include "CVips.h"
#include <glib.h>
#include <lcms2.h>

/// What turns the samples of a profile, of LittleCMS' format `in`, into sRGB of
/// format `out`; null where the profile is damaged or of another kind. Many
/// threads may use one. The caller deletes it.
cmsHTRANSFORM cvips_transform(
    CVipsBytes profile, cmsUInt32Number in, cmsUInt32Number out);

/// Whether a profile has tables, which come before its curves.
int cvips_has_tables(cmsHPROFILE profile);

/// An RGB profile of three curves and a matrix, for 8 bits.
typedef struct CVipsMatrix CVipsMatrix;

/// Reads it, for the caller to free; null where the profile is of another kind.
CVipsMatrix *cvips_matrix(CVipsBytes profile);

/// `count` pixels of three samples, to sRGB.
void cvips_apply_matrix(const CVipsMatrix *matrix, const uint8_t *in, uint8_t *out, int count);

/// What `try` says of a profile, remembered for the next photograph that
/// carries the same.
int cvips_tried_profile(
    CVipsBytes profile, int is_grey, int (*try)(CVipsBytes profile, int is_grey));

#endif
