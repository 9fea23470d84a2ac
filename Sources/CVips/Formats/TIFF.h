#ifndef CVIPS_TIFF_H
#define CVIPS_TIFF_H

#include "../Pipeline.h"
#include <tiffio.h>

/// What a TIFF holds, and how it is read.
typedef struct {
    int page;         // of the main picture, from 0
    int subifd;       // the directory below it, -1 for the page itself
    int pages;        // pictures, without reduced ones and masks
    int orientation;  // of the first page, 0 for none
    uint16_t photometric;
    uint16_t compression;
    uint16_t bits;
    uint16_t samples;   // a pixel
    uint16_t format;    // of samples: SAMPLEFORMAT_...
    uint16_t planar;    // PLANARCONFIG_...
    int is_tiled;
    int extras;         // samples past the colours
    int alpha;          // which of them is transparency, from 0; -1 for none
    int alphas;         // how many say that they are
} CVipsTIFF;

/// Opens a TIFF on `source`, which the caller keeps.
TIFF *cvips_tiff_open(VipsSource *source);

/// Goes to the main picture; not zero where that fails.
int cvips_tiff_select(TIFF *tiff, const CVipsTIFF *facts);

/// Reads the facts. The text is why a whole file is not read, to be freed; null where it is.
char *cvips_tiff_read(TIFF *tiff, CVipsTIFF *facts);

/// Whether libvips reads such pictures; else `cvips_tiff_decode` does.
int cvips_tiff_is_common(const CVipsTIFF *facts);

/// Whether the picture is one of which `cvips_tiff_decode` gives the colours alone.
int cvips_tiff_has_colours_alone(const CVipsTIFF *facts);

/// The main picture that is selected, of 8 or 16 bits, decoded as a whole when it is used; with its
/// profile and XMP; of CIELAB and YCbCr the colours alone. Takes `tiff` over.
VipsImage *cvips_tiff_decode(TIFF *tiff, const CVipsTIFF *facts);

#endif
