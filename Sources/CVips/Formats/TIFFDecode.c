#include "TIFF.h"
#include <stdlib.h>
#include <string.h>

// libvips' own limit.
enum { largest_tile = 100000000 };

/// A picture that is decoded when its first row is wanted, for a header alone is often all.
typedef struct {
    GMutex lock;
    VipsSource *source;
    TIFF *tiff;
    CVipsTIFF facts;
    int width;
    int height;
    size_t pixel;     // bytes of one, decoded
    VipsPel *pixels;  // null before
    int failed;
} Picture;

/// A strip or tile: where it lies, and how much of it the picture has.
typedef struct {
    int left;
    int top;
    int width;
    int height;
    size_t row;  // bytes of one, as stored
} Part;

static int is_lab(const CVipsTIFF *facts) {
    return facts->photometric == PHOTOMETRIC_CIELAB || facts->photometric == PHOTOMETRIC_ICCLAB;
}

static int is_wide(const CVipsTIFF *facts) {
    return facts->bits > 8;
}

/// The number of `bits` bits that starts at bit `offset` of a row, the highest bit first.
static unsigned stored(const VipsPel *row, size_t offset, int bits) {
    unsigned value = 0;
    if (bits == 16)
        return ((const uint16_t *)(const void *)row)[offset / 16];
    if (bits == 8)
        return row[offset / 8];
    for (int i = 0; i < bits; i++, offset++)
        value = value << 1 | (row[offset / 8] >> (7 - offset % 8) & 1);
    return value;
}

/// To all of 8 or 16 bits, rounded; black is 0.
static unsigned scaled(const CVipsTIFF *facts, unsigned value) {
    unsigned most = (1u << facts->bits) - 1, full = is_wide(facts) ? 65535 : 255;
    unsigned result = (unsigned)(((uint64_t)value * full + most / 2) / most);
    return facts->photometric == PHOTOMETRIC_MINISWHITE ? full - result : result;
}

/// CIELAB as libvips holds it: 8 bits as numbers, 16 as signed fractions (TIFF 6.0, section 23;
/// ICC.1:2022, 6.3.4.2, in version 2's encoding of 16 bits).
static void put_lab(const CVipsTIFF *facts, VipsPel *pixel, int sample, unsigned value) {
    int is_icc = facts->photometric == PHOTOMETRIC_ICCLAB;
    if (sample > 2)
        return;
    if (!is_wide(facts)) {
        float number = sample == 0 ? value * 100.0f / 255
            : is_icc               ? value - 128.0f
                                   : (float)(int8_t)value;
        ((float *)(void *)pixel)[sample] = number;
        return;
    }
    double most = is_icc ? 65280 : 65535;
    int number = sample == 0 ? (int)VIPS_MIN(32767, value * 32767 / most + 0.5)
        : is_icc             ? (int)value - 32768
                             : (int16_t)value;
    ((int16_t *)(void *)pixel)[sample] = (int16_t)number;
}

static void put(const CVipsTIFF *facts, VipsPel *pixel, int sample, unsigned value) {
    if (is_lab(facts))
        put_lab(facts, pixel, sample, value);
    else if (is_wide(facts))
        ((uint16_t *)(void *)pixel)[sample] = (uint16_t)scaled(facts, value);
    else
        pixel[sample] = (VipsPel)scaled(facts, value);
}

/// `first` is the sample that a plane holds, where each has its own.
static void unpack(Picture *picture, const VipsPel *data, const Part *part, int first) {
    const CVipsTIFF *facts = &picture->facts;
    int samples = facts->planar == PLANARCONFIG_SEPARATE ? 1 : facts->samples;
    for (int y = 0; y < part->height; y++) {
        const VipsPel *row = data + part->row * (size_t)y;
        size_t at = (size_t)(part->top + y) * (size_t)picture->width + (size_t)part->left;
        VipsPel *pixel = picture->pixels + at * picture->pixel;
        size_t offset = 0;
        for (int x = 0; x < part->width; x++, pixel += picture->pixel)
            for (int i = 0; i < samples; i++, offset += facts->bits)
                put(facts, pixel, first + i, stored(row, offset, facts->bits));
    }
}

static int read_tiles(Picture *picture, int plane) {
    uint32_t width = 0, height = 0;
    TIFF *tiff = picture->tiff;
    tmsize_t size = TIFFTileSize(tiff);
    VipsPel *data = size > 0 && size <= largest_tile ? malloc((size_t)size) : NULL;
    TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_TILELENGTH, &height);
    int failed = !data || width == 0 || height == 0 || width > VIPS_MAX_COORD ||
        height > VIPS_MAX_COORD;
    for (int top = 0; top < picture->height && !failed; top += (int)height)
        for (int left = 0; left < picture->width && !failed; left += (int)width) {
            Part part = {
                left, top, VIPS_MIN((int)width, picture->width - left),
                VIPS_MIN((int)height, picture->height - top), (size_t)TIFFTileRowSize(tiff)};
            uint32_t number =
                TIFFComputeTile(tiff, (uint32_t)left, (uint32_t)top, 0, (uint16_t)plane);
            failed = TIFFReadEncodedTile(tiff, number, data, size) != size;
            if (!failed)
                unpack(picture, data, &part, plane);
        }
    free(data);
    return failed;
}

static int read_strips(Picture *picture, int plane) {
    uint32_t rows = 0;
    TIFF *tiff = picture->tiff;
    tmsize_t size = TIFFStripSize(tiff);
    VipsPel *data = size > 0 ? malloc((size_t)size) : NULL;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &rows);
    rows = VIPS_CLIP(1, rows, (uint32_t)picture->height);
    int failed = !data;
    for (int top = 0; top < picture->height && !failed; top += (int)rows) {
        Part part = {
            0, top, picture->width, VIPS_MIN((int)rows, picture->height - top),
            (size_t)TIFFScanlineSize(tiff)};
        uint32_t number = TIFFComputeStrip(tiff, (uint32_t)top, (uint16_t)plane);
        tmsize_t wanted = (tmsize_t)part.row * part.height;
        failed = wanted > size || TIFFReadEncodedStrip(tiff, number, data, wanted) != wanted;
        if (!failed)
            unpack(picture, data, &part, plane);
    }
    free(data);
    return failed;
}

static int read_samples(Picture *picture) {
    int planes =
        picture->facts.planar == PLANARCONFIG_SEPARATE ? picture->facts.samples : 1;
    int failed = 0;
    for (int plane = 0; plane < planes && !failed; plane++)
        failed = picture->facts.is_tiled ? read_tiles(picture, plane)
                                         : read_strips(picture, plane);
    return failed;
}

/// YCbCr by libtiff, which knows its coefficients, its reference black and white, and its
/// subsampling.
static int read_ycbcr(Picture *picture) {
    size_t count = (size_t)picture->width * (size_t)picture->height;
    uint32_t *raster = malloc(count * sizeof *raster);
    // Turning is for later.
    TIFFSetField(picture->tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    int failed = !raster ||
        !TIFFReadRGBAImageOriented(
            picture->tiff, (uint32_t)picture->width, (uint32_t)picture->height, raster,
            ORIENTATION_TOPLEFT, 1);
    for (size_t i = 0; i < count && !failed; i++) {
        picture->pixels[3 * i] = (VipsPel)TIFFGetR(raster[i]);
        picture->pixels[3 * i + 1] = (VipsPel)TIFFGetG(raster[i]);
        picture->pixels[3 * i + 2] = (VipsPel)TIFFGetB(raster[i]);
    }
    free(raster);
    return failed;
}

static int decode(Picture *picture) {
    g_mutex_lock(&picture->lock);
    if (!picture->pixels && !picture->failed) {
        size_t count = (size_t)picture->width * (size_t)picture->height;
        picture->pixels = calloc(count, picture->pixel);
        picture->failed = !picture->pixels ||
            (picture->facts.photometric == PHOTOMETRIC_YCBCR ? read_ycbcr(picture)
                                                             : read_samples(picture));
        if (picture->failed)
            vips_error("tiff", "the pixels cannot be read");
    }
    g_mutex_unlock(&picture->lock);
    return picture->failed;
}

static int generate(VipsRegion *out, void *seq, void *a, void *b, gboolean *stop) {
    Picture *picture = a;
    VipsRect *wanted = &out->valid;
    (void)seq, (void)b, (void)stop;
    if (decode(picture))
        return -1;
    for (int y = wanted->top; y < VIPS_RECT_BOTTOM(wanted); y++) {
        size_t at = (size_t)y * (size_t)picture->width + (size_t)wanted->left;
        memcpy(
            VIPS_REGION_ADDR(out, wanted->left, y), picture->pixels + at * picture->pixel,
            (size_t)wanted->width * picture->pixel);
    }
    return 0;
}

static void close_picture(Picture *picture) {
    TIFFClose(picture->tiff);
    g_object_unref(picture->source);
    g_mutex_clear(&picture->lock);
    free(picture->pixels);
    g_free(picture);
}

static VipsInterpretation colour_space(const CVipsTIFF *facts) {
    if (is_lab(facts))
        return is_wide(facts) ? VIPS_INTERPRETATION_LABS : VIPS_INTERPRETATION_LAB;
    if (facts->photometric == PHOTOMETRIC_SEPARATED)
        return VIPS_INTERPRETATION_CMYK;
    if (facts->photometric <= PHOTOMETRIC_MINISBLACK)
        return is_wide(facts) ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W;
    return is_wide(facts) ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
}

static VipsBandFormat sample_format(const CVipsTIFF *facts) {
    if (is_lab(facts))
        return is_wide(facts) ? VIPS_FORMAT_SHORT : VIPS_FORMAT_FLOAT;
    return is_wide(facts) ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR;
}

/// Pixels a millimetre; 1 where the file does not say, as libvips has it.
static double resolution(TIFF *tiff, uint32_t tag) {
    uint16_t unit = RESUNIT_INCH;
    float value = 0;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
    if (!TIFFGetField(tiff, tag, &value) || !(value > 0))
        return 1;
    return unit == RESUNIT_CENTIMETER ? value / 10 : unit == RESUNIT_INCH ? value / 25.4 : 1;
}

static void copy_block(TIFF *tiff, uint32_t tag, VipsImage *image, const char *name) {
    uint32_t count = 0;
    const void *bytes = NULL;
    if (TIFFGetField(tiff, tag, &count, &bytes) && count > 0)
        vips_image_set_blob_copy(image, name, bytes, count);
}

int cvips_tiff_has_colours_alone(const CVipsTIFF *facts) {
    return !cvips_tiff_is_common(facts) &&
        (is_lab(facts) || facts->photometric == PHOTOMETRIC_YCBCR);
}

/// Hands `picture` over to the image.
static int describe(VipsImage *image, Picture *picture) {
    const CVipsTIFF *facts = &picture->facts;
    int bands = cvips_tiff_has_colours_alone(facts) ? 3 : facts->samples;
    vips_image_init_fields(
        image, picture->width, picture->height, bands, sample_format(facts), VIPS_CODING_NONE,
        colour_space(facts), resolution(picture->tiff, TIFFTAG_XRESOLUTION),
        resolution(picture->tiff, TIFFTAG_YRESOLUTION));
    picture->pixel = VIPS_IMAGE_SIZEOF_PEL(image);
    copy_block(picture->tiff, TIFFTAG_ICCPROFILE, image, VIPS_META_ICC_NAME);
    copy_block(picture->tiff, TIFFTAG_XMLPACKET, image, VIPS_META_XMP_NAME);
    vips_image_set_int(image, "autochrome-whole", 1);
    return vips_image_pipelinev(image, VIPS_DEMAND_STYLE_THINSTRIP, NULL) ||
        vips_image_generate(image, NULL, generate, NULL, picture, NULL);
}

VipsImage *cvips_tiff_decode(TIFF *tiff, const CVipsTIFF *facts) {
    uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    if (width == 0 || height == 0 || width > VIPS_MAX_COORD || height > VIPS_MAX_COORD) {
        vips_error("tiff", "%u x %u pixels", width, height);
        TIFFClose(tiff);
        return NULL;
    }
    Picture *picture = g_new0(Picture, 1);
    VipsImage *image = vips_image_new();
    g_mutex_init(&picture->lock);
    picture->source = g_object_ref((VipsSource *)TIFFClientdata(tiff));
    picture->tiff = tiff;
    picture->facts = *facts;
    picture->width = (int)width;
    picture->height = (int)height;
    g_object_set_data_full(
        G_OBJECT(image), "picture", picture, (GDestroyNotify)close_picture);
    if (describe(image, picture))
        g_clear_object(&image);
    return image;
}
