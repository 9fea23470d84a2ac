#ifndef CVIPS_PIPELINE_H
#define CVIPS_PIPELINE_H

#include "CVips.h"
#include <vips/vips.h>

/// Takes libvips' pending text (one buffer a process), never null.
char *cvips_take_error(void);

/// How a file is opened. JPEG's warnings tell of bits that do not fit, so that part of the picture
/// is wrong; whether they count as damage is for `jpeg_fail_on` to say.
typedef struct {
    VipsAccess access;
    VipsFailOn jpeg_fail_on;
    int shrink;  // 1, 2, 4 or 8, for JPEG only
} CVipsLoad;

/// Opens a photo's main picture. Where null comes back, `*refusal`, unless `refusal` is null,
/// becomes the reason why a whole file is not read, for the caller to free, or null for damage.
VipsImage *cvips_load(const CVipsFile *file, const CVipsLoad *load, char **refusal);

/// A number among the metadata of an image.
int cvips_integer(VipsImage *image, const char *name, int fallback);

/// The same pixels; `*failed` becomes 1 as soon as some cannot be read.
int cvips_watch(VipsImage *in, VipsImage **out, gint *failed);

/// Describes a loaded image; the return value is `cvips_read_header`'s.
int cvips_describe(VipsImage *image, CVipsContainer container, CVipsHeader *header);

/// What is to be done with the profile `image` carries: CVIPS_PROFILE_....
int cvips_profile(VipsImage *image);

/// Converts to sRGB or its grey, 8 or 16 bits, alpha kept as it is.
int cvips_to_srgb(VipsImage *in, VipsImage **out, const CVipsHeader *header);

/// Lays the picture over white and drops its alpha.
int cvips_without_alpha(VipsImage *in, VipsImage **out);

/// Takes row `y` of a picture; not zero to stop.
typedef int (*CVipsTakeRow)(void *to, int y, VipsPel *row);

/// Decodes a JPEG of three channels at 1 / `shrink` of its size, on this
/// thread, to the rows of `expected`. libvips hands the file to
/// the JPEG library in pieces of 4 KB, in which its fast Huffman decoder does
/// not start; from one piece it takes two thirds of the time. Warnings are
/// errors. Returns 0 or -1 and sets libvips' error.
int cvips_decode_jpeg(
    CVipsBytes data, int shrink, VipsImage *expected, CVipsTakeRow take, void *to);

/// Writes `image`, its metadata already chosen, to a new file.
int cvips_save(VipsImage *image, const char *output, const CVipsSave *save, int stored_bits);

/// Copies EXIF as libvips wants it (parsed) and XMP onto `image`.
void cvips_attach_metadata(VipsImage *image, const CVipsSave *save);

#endif
