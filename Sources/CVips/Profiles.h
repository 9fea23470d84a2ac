#ifndef CVIPS_PROFILES_H
#define CVIPS_PROFILES_H

#include "CVips.h"
#include <lcms2.h>

/// What turns the samples of a profile, of LittleCMS' format `in`, into sRGB of
/// format `out`; null where the profile is damaged or of another kind. Many
/// threads may use one. The caller deletes it.
cmsHTRANSFORM cvips_transform(
    CVipsBytes profile, cmsUInt32Number in, cmsUInt32Number out);

/// What `try` says of a profile, remembered for the next photograph that
/// carries the same.
int cvips_tried_profile(
    CVipsBytes profile, int is_grey, int (*try)(CVipsBytes profile, int is_grey));

#endif
