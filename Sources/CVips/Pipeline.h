#ifndef CVIPS_PIPELINE_H
#define CVIPS_PIPELINE_H

#include "CVips.h"
#include <vips/vips.h>

/// Takes libvips' pending text (one buffer a process), never null.
char *cvips_take_error(void);

/// Opens a photo's first page; `shrink` is 1, 2, 4 or 8, for JPEG only.
VipsImage *cvips_load(
    const char *path, CVipsContainer container, VipsAccess access, int shrink);

/// The same pixels; `*failed` becomes 1 as soon as some cannot be read.
int cvips_watch(VipsImage *in, VipsImage **out, gint *failed);

/// Describes a loaded image; the return value is `cvips_read_header`'s.
int cvips_describe(VipsImage *image, CVipsContainer container, CVipsHeader *header);

/// What is to be done with the profile `image` carries: CVIPS_PROFILE_....
int cvips_profile(VipsImage *image);

/// Converts to sRGB or its grey, 8 or 16 bits, alpha kept as it is.
int cvips_to_srgb(VipsImage *in, VipsImage **out, const CVipsHeader *header);

/// Writes `image`, its metadata already chosen, to a new file.
int cvips_save(VipsImage *image, const char *output, const CVipsSave *save, int stored_bits);

/// Copies EXIF as libvips wants it (parsed) and XMP onto `image`.
int cvips_attach_metadata(VipsImage *image, const CVipsSave *save);

#endif
