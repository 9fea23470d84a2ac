#ifndef CVIPS_FORMATS_H
#define CVIPS_FORMATS_H

#include "../Pipeline.h"

// What a photograph's file says that libvips does not hand on. A text that is returned is why a
// whole file is not read, to be freed; null where it is.

/// Loads the main picture of a TIFF.
VipsImage *cvips_load_tiff(VipsSource *source, VipsAccess access, char **refusal);

/// JPEG of a kind that the JPEG library does not decode.
char *cvips_jpeg_refusal(VipsSource *source);

/// The colours of a PNG as the standard has them found (third edition, section 4.3): cICP, iCCP,
/// sRGB, gAMA and cHRM. What is not sRGB becomes the image's profile.
char *cvips_describe_png(VipsSource *source, VipsImage *image);

/// Counts the frames of a HEIF or AVIF sequence, and finds out about a limited range.
char *cvips_describe_heif(VipsSource *source, VipsImage *image);

/// Grey of limited range (16...235 of 8 bits) is handed out as it is stored; this spreads it.
int cvips_expand_range(VipsImage *in, VipsImage **out);

/// The orientation that an EXIF block says, 1...8; 0 where it says none.
int cvips_exif_orientation(CVipsBytes exif);

/// Sets the orientation of an image whose EXIF has none: from the texts of a PNG, or from XMP.
void cvips_find_orientation(VipsImage *image);

/// Up to `count` bytes of a file from `offset` on; how many there were.
size_t cvips_read_at(VipsSource *source, int64_t offset, VipsPel *bytes, size_t count);

/// A big-endian number of `count` bytes.
uint64_t cvips_number(const VipsPel *bytes, size_t count);

#endif
