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

struct CVipsPhoto {
    CVipsBytes data;
    CVipsContainer container;
    CVipsSquare square;
    CVipsHeader header;
    VipsImage *image;
};

CVipsPhoto *cvips_open_data(
    CVipsBytes data, CVipsContainer container, const CVipsSquare *square,
    CVipsHeader *header, int64_t *memory, char **error) {
    CVipsPhoto *photo = calloc(1, sizeof *photo);
    VipsImage *image = photo ? load(data, container, 1) : NULL;
    if (!image || cvips_describe(image, container, header)) {
        g_clear_object(&image);
        free(photo);
        *error = cvips_take_error();
        return NULL;
    }
    *memory = memory_needed(image, header, container, square);
    *photo = (CVipsPhoto){data, container, *square, *header, image};
    return photo;
}

void cvips_close(CVipsPhoto *photo) {
    g_clear_object(&photo->image);
    free(photo);
}

/// Hands the rows to `take` in strips of `height`, all on this thread: libvips'
/// own loops give each strip to another one, which costs more than it brings
/// where many small photographs are worked on side by side.
static int each_row(
    VipsImage *image, int height, int (*take)(void *to, int y, VipsPel *row), void *to) {
    VipsRegion *region = vips_region_new(image);
    int failed = 0;
    for (int top = 0; top < image->Ysize && !failed; top += height) {
        VipsRect strip = {0, top, image->Xsize, VIPS_MIN(height, image->Ysize - top)};
        failed = vips_region_prepare(region, &strip);
        for (int y = top; y < VIPS_RECT_BOTTOM(&strip) && !failed; y++)
            failed = take(to, y, VIPS_REGION_ADDR(region, 0, y));
    }
    g_object_unref(region);
    return failed;
}

static int take_line(void *to, int y, VipsPel *row) {
    return vips_image_write_line(to, y, row);
}

/// The whole picture in memory, with its metadata.
static VipsImage *decoded(VipsImage *image) {
    VipsImage *memory = vips_image_new_memory();
    if (vips_image_pipelinev(memory, VIPS_DEMAND_STYLE_ANY, image, NULL) ||
        each_row(image, 16, take_line, memory))
        g_clear_object(&memory);
    return memory;
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
    VipsImage *t[2] = {NULL, NULL};
    int failed = vips_image_get_orientation(in) == 1 ? vips_copy(in, &t[0], NULL)
                                                     : vips_autorot(in, &t[0], NULL);
    failed = failed ||
        cut(t[0], &t[1], VIPS_MIN(t[0]->Xsize, t[0]->Ysize), square->from_corner) ||
        scaled(t[1], out, square->size);
    for (int i = 0; i < 2; i++)
        g_clear_object(&t[i]);
    return failed;
}

static int articles_square(VipsImage *in, VipsImage **out, const CVipsSquare *square) {
    VipsImage *resized = NULL;
    int shorter = VIPS_MIN(in->Xsize, in->Ysize);
    double width = VIPS_RINT((double)in->Xsize * square->size / shorter);
    double height = VIPS_RINT((double)in->Ysize * square->size / shorter);
    int failed = vips_resize(
                     in, &resized, width / in->Xsize, "vscale", height / in->Ysize,
                     "kernel", VIPS_KERNEL_LINEAR, "gap", 0.0, NULL) ||
        cut(resized, out, square->size, square->from_corner);
    g_clear_object(&resized);
    return failed;
}

/// Opaque 8-bit sRGB in three bands. Transparent parts become white.
static int in_srgb(VipsImage *in, VipsImage **out, const CVipsHeader *header) {
    VipsImage *t[3] = {NULL, NULL, NULL};
    if (in->Bands == 3 && in->BandFmt == VIPS_FORMAT_UCHAR &&
        header->profile != CVIPS_PROFILE_CONVERTED)
        return vips_copy(in, out, NULL);
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

typedef struct {
    uint8_t *pixels;
    size_t row;
} Pixels;

static int take_row(void *to, int y, VipsPel *row) {
    Pixels *pixels = to;
    memcpy(pixels->pixels + y * pixels->row, row, pixels->row);
    return 0;
}

static int take_pixels(VipsImage *image, uint8_t **pixels, int *side) {
    if (image->Bands != 3 || image->Xsize != image->Ysize) {
        vips_error("autochrome", "no square of three channels");
        return -1;
    }
    Pixels taken = {NULL, VIPS_IMAGE_SIZEOF_LINE(image)};
    taken.pixels = malloc(taken.row * image->Ysize);
    if (!taken.pixels)
        return -1;
    *side = image->Xsize;
    *pixels = taken.pixels;
    return each_row(image, image->Ysize, take_row, &taken);
}

int cvips_square(CVipsPhoto *photo, uint8_t **pixels, int *side, char **error) {
    VipsImage *t[3] = {NULL, NULL, NULL};
    int shrink = shrink_on_load(photo->image, photo->container, &photo->square);
    if (photo->square.is_article && photo->header.channels != 4)
        photo->header.profile = CVIPS_PROFILE_NONE;
    if (shrink > 1) {
        g_object_unref(photo->image);
        photo->image = load(photo->data, photo->container, shrink);
    }
    *pixels = NULL;
    int failed = !photo->image || !(t[0] = decoded(photo->image)) ||
        (photo->square.is_article ? articles_square : our_square)(
            t[0], &t[1], &photo->square) ||
        in_srgb(t[1], &t[2], &photo->header) || take_pixels(t[2], pixels, side);
    for (int i = 0; i < 3; i++)
        g_clear_object(&t[i]);
    if (failed) {
        free(*pixels);
        *error = cvips_take_error();
    }
    return failed ? -1 : 0;
}
