#include "TIFF.h"
#include <string.h>

// Directories of a file that means well; more are not looked at.
enum { most_directories = 1000, most_with_below = 4, most_below = 16 };

enum {
    photometric_cfa = 32803,
    photometric_linear_raw = 34892,
    compression_nikon = 34713,
    compression_sony = 32767,
    compression_pentax = 65535,
    compression_kodak = 65000,
};

static uint16_t number(TIFF *tiff, uint32_t tag) {
    uint16_t value = 0;
    return TIFFGetFieldDefaulted(tiff, tag, &value) ? value : 0;
}

/// Whether the directory is of a picture of full size (TIFF 6.0, pages 36 and 40).
static int is_full(TIFF *tiff) {
    uint32_t kind = 0;
    uint16_t old_kind = 0;
    if (TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &kind))
        return !(kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK));
    return !TIFFGetField(tiff, TIFFTAG_OSUBFILETYPE, &old_kind) ||
        old_kind != OFILETYPE_REDUCEDIMAGE;
}

/// Whether the directory is one of a camera's raw file: what its sensor saw, not a picture.
static int is_raw(TIFF *tiff) {
    uint16_t photometric = 0, compression = number(tiff, TIFFTAG_COMPRESSION);
    const void *version = NULL;
    TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
    return photometric == photometric_cfa || photometric == photometric_linear_raw ||
        compression == compression_nikon || compression == compression_sony ||
        compression == compression_pentax || compression == compression_kodak ||
        TIFFGetField(tiff, TIFFTAG_DNGVERSION, &version);
}

/// Canon's and Phase One's say so behind the header.
static int has_raw_signature(TIFF *tiff) {
    VipsSource *source = (VipsSource *)TIFFClientdata(tiff);
    VipsPel head[12] = {0};
    if (vips_source_rewind(source) || vips_source_read(source, head, sizeof head) < 12)
        return 0;
    return memcmp(head + 8, "CR", 2) == 0 || memcmp(head + 8, "IIII", 4) == 0 ||
        memcmp(head + 8, "MMMM", 4) == 0;
}

/// Looks at the directories below the current one, and comes back to it.
static int look_below(TIFF *tiff, int page, int *full) {
    uint16_t count = 0;
    toff_t *offsets = NULL, below[most_below];
    int found_raw = 0;
    *full = -1;
    if (!TIFFGetField(tiff, TIFFTAG_SUBIFD, &count, &offsets) || count == 0)
        return 0;
    count = VIPS_MIN(count, most_below);
    memcpy(below, offsets, count * sizeof *below);
    for (int i = 0; i < count; i++) {
        if (!TIFFSetSubDirectory(tiff, below[i]))
            continue;
        found_raw |= is_raw(tiff);
        if (*full < 0 && is_full(tiff))
            *full = i;
    }
    TIFFSetDirectory(tiff, (tdir_t)page);
    return found_raw;
}

/// Finds the main picture: the first that is no reduced copy. Not zero for a raw file.
static int find_picture(TIFF *tiff, CVipsTIFF *facts) {
    int page = 0, full_page = -1, full_below = -1;
    uint16_t orientation = 0;
    if (TIFFGetField(tiff, TIFFTAG_ORIENTATION, &orientation) && orientation <= 8)
        facts->orientation = orientation;
    do {
        int below = -1;
        if (is_raw(tiff) || (page < most_with_below && look_below(tiff, page, &below)))
            return 1;
        if (is_full(tiff)) {
            facts->pages++;
            full_page = full_page < 0 ? page : full_page;
        }
        full_below = page == 0 ? below : full_below;
    } while (++page < most_directories && TIFFReadDirectory(tiff));
    facts->page = VIPS_MAX(full_page, 0);
    facts->subifd = full_page < 0 ? full_below : -1;
    facts->pages = VIPS_MAX(facts->pages, 1);
    return 0;
}

static int colours_of(const CVipsTIFF *facts) {
    switch (facts->photometric) {
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_MINISBLACK:
    case PHOTOMETRIC_PALETTE:
        return 1;
    case PHOTOMETRIC_SEPARATED:
        return 4;
    default:
        return 3;
    }
}

/// Which samples are colours is the photometric interpretation's to say, and what the others are
/// ExtraSamples': nothing, where it says 0. Files that lack it mean transparency.
static void find_extras(TIFF *tiff, CVipsTIFF *facts) {
    uint16_t count = 0, *kinds = NULL;
    facts->extras = VIPS_MAX(0, facts->samples - colours_of(facts));
    facts->alpha = -1;
    if (!TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) || count == 0) {
        facts->alpha = facts->extras > 0 ? 0 : -1;
        facts->alphas = facts->extras;
        return;
    }
    // Fewer kinds than samples are those of the last ones.
    int first = VIPS_MAX(0, facts->extras - count);
    for (int i = facts->extras - 1; i >= first; i--)
        if (kinds[i - first] != EXTRASAMPLE_UNSPECIFIED) {
            facts->alpha = i;
            facts->alphas++;
        }
}

static void find_layout(TIFF *tiff, CVipsTIFF *facts) {
    facts->photometric = number(tiff, TIFFTAG_PHOTOMETRIC);
    facts->compression = number(tiff, TIFFTAG_COMPRESSION);
    facts->bits = number(tiff, TIFFTAG_BITSPERSAMPLE);
    facts->samples = number(tiff, TIFFTAG_SAMPLESPERPIXEL);
    facts->format = number(tiff, TIFFTAG_SAMPLEFORMAT);
    facts->planar = number(tiff, TIFFTAG_PLANARCONFIG);
    facts->is_tiled = TIFFIsTiled(tiff);
    find_extras(tiff, facts);
}

/// CIELAB in floating point, as libvips itself writes it.
static int is_float_lab(const CVipsTIFF *facts) {
    return facts->photometric == PHOTOMETRIC_CIELAB && facts->bits == 32 &&
        facts->format == SAMPLEFORMAT_IEEEFP && facts->samples == 3;
}

/// Whether libvips has a way for samples of so many bits.
static int has_common_bits(const CVipsTIFF *facts) {
    int is_grey = facts->photometric <= PHOTOMETRIC_MINISBLACK && facts->samples == 1;
    int is_narrow = facts->bits == 1 || facts->bits == 2 || facts->bits == 4;
    return facts->bits == 8 || facts->bits == 16 ||
        (is_narrow && (is_grey || facts->photometric == PHOTOMETRIC_PALETTE));
}

int cvips_tiff_is_common(const CVipsTIFF *facts) {
    int is_planar = facts->planar == PLANARCONFIG_SEPARATE && facts->samples > 1;
    if (is_float_lab(facts))
        return 1;
    if (!has_common_bits(facts) || (is_planar && facts->is_tiled))
        return 0;
    switch (facts->photometric) {
    case PHOTOMETRIC_CIELAB:
        return facts->bits == 16 && facts->samples == 3;
    case PHOTOMETRIC_ICCLAB:
        return 0;
    case PHOTOMETRIC_YCBCR:
        return facts->compression == COMPRESSION_JPEG && facts->samples == 3;
    case PHOTOMETRIC_RGB:
        return 1;
    default:
        return !is_planar;
    }
}

static char *colour_refusal(const CVipsTIFF *facts) {
    switch (facts->photometric) {
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_MINISBLACK:
    case PHOTOMETRIC_RGB:
    case PHOTOMETRIC_PALETTE:
    case PHOTOMETRIC_CIELAB:
    case PHOTOMETRIC_ICCLAB:
        return NULL;
    case PHOTOMETRIC_SEPARATED:
        return facts->samples >= 4
            ? NULL
            : g_strdup("its inks are not cyan, magenta, yellow and black; save it as RGB");
    case PHOTOMETRIC_YCBCR:
        return facts->bits == 8 ? NULL
                                : g_strdup("its YCbCr is not of 8 bits; save it as RGB");
    case PHOTOMETRIC_MASK:
        return g_strdup("a mask, not a photograph");
    default:
        return g_strdup_printf(
            "its colours (photometric interpretation %d) are not read; save it as RGB or grey",
            facts->photometric);
    }
}

static char *refusal(TIFF *tiff, const CVipsTIFF *facts) {
    uint16_t ink_set = INKSET_CMYK;
    if (is_float_lab(facts))
        return NULL;
    if (!TIFFIsCODECConfigured(facts->compression))
        return g_strdup_printf(
            "its compression (TIFF's number %d) is not read; save it with another",
            facts->compression);
    if (facts->format == SAMPLEFORMAT_INT || facts->format == SAMPLEFORMAT_COMPLEXINT)
        return g_strdup("its samples are signed numbers; save it as unsigned ones of 16 bits");
    if (facts->bits > 16 || facts->format == SAMPLEFORMAT_IEEEFP ||
        facts->format == SAMPLEFORMAT_COMPLEXIEEEFP)
        return g_strdup("its samples are neither 8 nor 16 bits; save it as 16 bits");
    if (facts->photometric == PHOTOMETRIC_SEPARATED &&
        TIFFGetFieldDefaulted(tiff, TIFFTAG_INKSET, &ink_set) && ink_set != INKSET_CMYK)
        return g_strdup("its inks are not cyan, magenta, yellow and black; save it as RGB");
    if (facts->alphas > 1)
        return g_strdup_printf("%d channels; a photograph has 1 to 4", facts->samples);
    int is_lab = facts->photometric == PHOTOMETRIC_CIELAB ||
        facts->photometric == PHOTOMETRIC_ICCLAB;
    int is_odd = is_lab ? facts->bits != 8 && facts->bits != 16
                        : facts->photometric == PHOTOMETRIC_PALETTE && !cvips_tiff_is_common(facts);
    if (is_odd || (is_lab && facts->samples < 3))
        return g_strdup_printf(
            "its colours of %d bits are not read; save it as RGB of 8 or 16 bits", facts->bits);
    return colour_refusal(facts);
}

int cvips_tiff_select(TIFF *tiff, const CVipsTIFF *facts) {
    uint16_t count = 0;
    toff_t *offsets = NULL;
    if (!TIFFSetDirectory(tiff, (tdir_t)facts->page))
        return -1;
    if (facts->subifd < 0)
        return 0;
    return !TIFFGetField(tiff, TIFFTAG_SUBIFD, &count, &offsets) || facts->subifd >= count ||
            !TIFFSetSubDirectory(tiff, offsets[facts->subifd])
        ? -1
        : 0;
}

char *cvips_tiff_read(TIFF *tiff, CVipsTIFF *facts) {
    memset(facts, 0, sizeof *facts);
    if (has_raw_signature(tiff) || find_picture(tiff, facts))
        return g_strdup(
            "a camera's raw file; develop it first, in darktable or RawTherapee, and save a TIFF");
    if (cvips_tiff_select(tiff, facts))
        return NULL;
    find_layout(tiff, facts);
    return refusal(tiff, facts);
}
