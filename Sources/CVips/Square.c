#include "Pipeline.h"
#include <stdlib.h>
#include <string.h>

/// As `cvips_load`, from memory. JPEG's warnings tell of bits that do not fit,
/// so that part of the picture is wrong: they count as damage here.
static VipsImage *load(CVipsBytes data, CVipsContainer container, int shrink) {
    VipsImage *image = NULL;
    void *bytes = (void *)data.bytes;
    int failed = -1;
    switch (container) {
    case CVIPS_JPEG:
        failed = vips_jpegload_buffer(
            bytes, data.count, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
            VIPS_FAIL_ON_WARNING, "shrink", shrink, NULL);
        break;
    case CVIPS_PNG:
        failed = vips_pngload_buffer(
            bytes, data.count, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
            VIPS_FAIL_ON_TRUNCATED, NULL);
        break;
    case CVIPS_TIFF:
        failed = vips_tiffload_buffer(
            bytes, data.count, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
            VIPS_FAIL_ON_TRUNCATED, NULL);
        break;
    case CVIPS_WEBP:
        failed = vips_webpload_buffer(
            bytes, data.count, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
            VIPS_FAIL_ON_TRUNCATED, NULL);
        break;
    case CVIPS_HEIF:
        failed = vips_heifload_buffer(
            bytes, data.count, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
            VIPS_FAIL_ON_TRUNCATED, NULL);
        break;
    case CVIPS_JXL:
        failed = vips_jxlload_buffer(
            bytes, data.count, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
            VIPS_FAIL_ON_TRUNCATED, NULL);
        break;
    }
    if (failed)
        return NULL;
    // Many photographs are prepared side by side, so each keeps to one thread.
    vips_image_set_int(image, VIPS_META_CONCURRENCY, 1);
    return image;
}

/// JPEG decodes at 1/2, 1/4 or 1/8 nearly for free, by means over its blocks;
/// what is left to the filter is a factor of 1 to 2.
static int shrink_on_load(
    VipsImage *image, CVipsContainer container, const CVipsSquare *square) {
    int shorter = VIPS_MIN(image->Xsize, image->Ysize);
    int shrink = 1;
    if (container != CVIPS_JPEG || square->is_article)
        return 1;
    while (shrink < 8 && shorter / (2 * shrink) >= square->size)
        shrink *= 2;
    return shrink;
}

/// The decoded picture, and before it what a decoder that needs all of a file
/// at once holds: two bytes a coefficient in a progressive JPEG.
static int64_t memory_needed(
    VipsImage *image, const CVipsHeader *header, CVipsContainer container,
    const CVipsSquare *square) {
    int64_t stored = (int64_t)image->Xsize * image->Ysize * image->Bands;
    int shrink = shrink_on_load(image, container, square);
    int64_t decoded =
        stored * (int64_t)VIPS_IMAGE_SIZEOF_ELEMENT(image) / shrink / shrink;
    if (container == CVIPS_JPEG)
        return decoded +
            (vips_image_get_typeof(image, "jpeg-multiscan") ? 2 * stored : 0);
    return header->decodes_whole ? 2 * decoded : decoded;
}

int cvips_read_data_header(
    CVipsBytes data, CVipsContainer container, const CVipsSquare *square,
    CVipsHeader *header, int64_t *memory, char **error) {
    VipsImage *image = load(data, container, 1);
    if (!image) {
        *error = cvips_take_error();
        return CVIPS_REFUSED_DECODER;
    }
    int refused = cvips_describe(image, container, header);
    *memory = memory_needed(image, header, container, square);
    g_object_unref(image);
    return refused;
}

static int scaled(VipsImage *in, VipsImage **out, int side) {
    if (in->Xsize <= side)
        return vips_copy(in, out, NULL);
    double factor = (double)side / in->Xsize;
    return vips_resize(in, out, factor, "vscale", factor, NULL);
}

static int cut(VipsImage *in, VipsImage **out, int side, int from_corner) {
    return vips_crop(
        in, out, from_corner ? 0 : (in->Xsize - side) / 2,
        from_corner ? 0 : (in->Ysize - side) / 2, side, side, NULL);
}

static int our_square(VipsImage *in, VipsImage **out, const CVipsSquare *square) {
    VipsImage *t[3] = {NULL, NULL, NULL};
    int failed = !(t[0] = vips_image_copy_memory(in)) || vips_autorot(t[0], &t[1], NULL) ||
        cut(t[1], &t[2], VIPS_MIN(t[1]->Xsize, t[1]->Ysize), square->from_corner) ||
        scaled(t[2], out, square->size);
    for (int i = 0; i < 3; i++)
        g_clear_object(&t[i]);
    return failed;
}

static int articles_square(VipsImage *in, VipsImage **out, const CVipsSquare *square) {
    VipsImage *t[2] = {NULL, NULL};
    int shorter = VIPS_MIN(in->Xsize, in->Ysize);
    double width = VIPS_RINT((double)in->Xsize * square->size / shorter);
    double height = VIPS_RINT((double)in->Ysize * square->size / shorter);
    int failed = !(t[0] = vips_image_copy_memory(in)) ||
        vips_resize(
            t[0], &t[1], width / in->Xsize, "vscale", height / in->Ysize, "kernel",
            VIPS_KERNEL_LINEAR, "gap", 0.0, NULL) ||
        cut(t[1], out, square->size, square->from_corner);
    for (int i = 0; i < 2; i++)
        g_clear_object(&t[i]);
    return failed;
}

/// Opaque 8-bit sRGB in three bands. Transparent parts become white.
static int in_srgb(VipsImage *in, VipsImage **out, const CVipsHeader *header) {
    VipsImage *t[3] = {NULL, NULL, NULL};
    int failed = cvips_to_srgb(in, &t[0], header);
    VipsImage *last = t[0];
    if (!failed && header->has_alpha) {
        double white = header->bits == 16 ? 65535 : 255;
        VipsArrayDouble *background = vips_array_double_newv(1, white);
        failed = vips_flatten(
            last, &t[1], "background", background, "max_alpha", white, NULL);
        vips_area_unref(VIPS_AREA(background));
        last = t[1];
    }
    if (!failed && last->BandFmt != VIPS_FORMAT_UCHAR) {
        failed = vips_linear1(
            last, &t[2], header->bits == 16 ? 1.0 / 257 : 1, 0.5, "uchar", TRUE, NULL);
        last = t[2];
    }
    failed = failed || vips_copy(last, out, NULL);
    for (int i = 0; i < 3; i++)
        g_clear_object(&t[i]);
    return failed;
}

static int take_pixels(VipsImage *image, uint8_t **pixels, int *side) {
    size_t size = 0;
    if (image->Bands != 3 || image->Xsize != image->Ysize) {
        vips_error("autochrome", "no square of three channels");
        return -1;
    }
    *side = image->Xsize;
    *pixels = vips_image_write_to_memory(image, &size);
    return *pixels ? 0 : -1;
}

int cvips_square(
    CVipsBytes data, CVipsContainer container, const CVipsSquare *square,
    uint8_t **pixels, int *side, char **error) {
    CVipsHeader header;
    VipsImage *t[2] = {NULL, NULL};
    VipsImage *image = load(data, container, 1);
    int failed = !image || cvips_describe(image, container, &header);
    if (!failed && square->is_article && header.channels != 4)
        header.profile = CVIPS_PROFILE_NONE;
    int shrink = failed ? 1 : shrink_on_load(image, container, square);
    if (shrink > 1) {
        g_object_unref(image);
        image = load(data, container, shrink);
    }
    failed = failed || !image ||
        (square->is_article ? articles_square : our_square)(image, &t[0], square) ||
        in_srgb(t[0], &t[1], &header) || take_pixels(t[1], pixels, side);
    for (int i = 0; i < 2; i++)
        g_clear_object(&t[i]);
    g_clear_object(&image);
    if (failed)
        *error = cvips_take_error();
    return failed ? -1 : 0;
}

int cvips_encode_jpeg(
    const uint8_t *pixels, int width, int height, int quality, CVipsBytes *jpeg,
    char **error) {
    VipsImage *image = vips_image_new_from_memory(
        pixels, 3 * (size_t)width * height, width, height, 3, VIPS_FORMAT_UCHAR);
    VipsImage *copy = NULL;
    void *bytes = NULL;
    size_t count = 0;
    int failed = !image ||
        vips_copy(image, &copy, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    if (!failed) {
        vips_image_set_int(copy, VIPS_META_CONCURRENCY, 1);
        failed = vips_jpegsave_buffer(
            copy, &bytes, &count, "Q", quality, "strip", TRUE, "subsample_mode",
            VIPS_FOREIGN_SUBSAMPLE_ON, NULL);
    }
    g_clear_object(&copy);
    g_clear_object(&image);
    if (failed) {
        *error = cvips_take_error();
        return -1;
    }
    jpeg->bytes = bytes;
    jpeg->count = count;
    return 0;
}
