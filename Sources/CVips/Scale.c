#include "Pipeline.h"
#include <string.h>

/// JPEG decodes at 1/2, 1/4 or 1/8 nearly for free. At least twice the wanted
/// size is left to the real filter, so that this choice does not show.
static int shrink_on_load(CVipsContainer container, double factor) {
    if (container != CVIPS_JPEG)
        return 1;
    return factor >= 16 ? 8 : factor >= 8 ? 4 : factor >= 4 ? 2 : 1;
}

static int resized(VipsImage *in, VipsImage **out, int width, int height) {
    return vips_resize(
        in, out, (double)width / in->Xsize, "vscale", (double)height / in->Ysize, "kernel",
        VIPS_KERNEL_LINEAR, NULL);
}

static int copy_pixels(VipsImage *image, int width, int height, int bands, float *values) {
    if (image->Xsize != width || image->Ysize != height || image->Bands != bands) {
        vips_error("autochrome", "scaled to %d x %d", image->Xsize, image->Ysize);
        return -1;
    }
    double scale = image->BandFmt == VIPS_FORMAT_USHORT ? 1.0 / 65535 : 1.0 / 255;
    VipsImage *t[2] = {NULL, NULL};
    size_t size = 0;
    int failed = vips_linear1(image, &t[0], scale, 0, NULL) ||
        vips_cast(t[0], &t[1], VIPS_FORMAT_FLOAT, NULL);
    void *pixels = failed ? NULL : vips_image_write_to_memory(t[1], &size);
    if (pixels)
        memcpy(values, pixels, size);
    g_free(pixels);
    for (int i = 0; i < 2; i++)
        g_clear_object(&t[i]);
    return pixels ? 0 : -1;
}

static int scale(
    VipsImage *in, const CVipsHeader *header, int width, int height, float *values) {
    int swapped = header->orientation >= 5;
    int colours = in->Bands - (header->has_alpha ? 1 : 0);
    VipsImage *t[6] = {NULL, NULL, NULL, NULL, NULL, NULL};
    gint reading_failed = 0;
    CVipsHeader opaque = *header;
    opaque.has_alpha = 0;
    // Smallest first: colours are converted and rows turned at the final size. Before
    // they are turned all rows are made, in the file's order: the file is read once.
    int failed = cvips_watch(in, &t[4], &reading_failed) ||
        vips_extract_band(t[4], &t[0], 0, "n", colours, NULL) ||
        resized(t[0], &t[1], swapped ? height : width, swapped ? width : height) ||
        !(t[5] = vips_image_copy_memory(t[1])) || vips_autorot(t[5], &t[2], NULL) ||
        cvips_to_srgb(t[2], &t[3], &opaque) ||
        copy_pixels(t[3], width, height, header->bands, values);
    for (int i = 0; i < 6; i++)
        g_clear_object(&t[i]);
    return failed || g_atomic_int_get(&reading_failed);
}

static VipsImage *load(const CVipsFile *file, int shrink) {
    const CVipsLoad load = {VIPS_ACCESS_SEQUENTIAL, VIPS_FAIL_ON_TRUNCATED, shrink};
    return cvips_load(file, &load, NULL);
}

int cvips_scale(
    const CVipsFile *file, int width, int height, float *values, char **error) {
    CVipsHeader header;
    VipsImage *image = load(file, 1);
    int failed = !image || cvips_describe(image, file->container, &header);
    if (!failed) {
        int shrink = shrink_on_load(
            file->container,
            VIPS_MIN((double)header.width / width, (double)header.height / height));
        if (shrink > 1) {
            g_object_unref(image);
            image = load(file, shrink);
        }
        failed = !image || scale(image, &header, width, height, values);
    }
    g_clear_object(&image);
    if (failed)
        *error = cvips_take_error();
    else
        vips_error_clear();
    return failed ? -1 : 0;
}

/// Three colours and alpha as floats of 0...1.
static int unit_colours(VipsImage *in, VipsImage **out) {
    double scale = in->BandFmt == VIPS_FORMAT_USHORT ? 1.0 / 65535 : 1.0 / 255;
    VipsImage *t[4] = {NULL, NULL, NULL, NULL};
    int failed;
    if (in->Bands == 4) {
        failed = vips_copy(in, &t[3], NULL);
    } else {
        failed = vips_extract_band(in, &t[0], 0, NULL) ||
            vips_bandjoin2(t[0], t[0], &t[1], NULL) || vips_bandjoin2(t[1], in, &t[3], NULL);
    }
    failed = failed || vips_linear1(t[3], &t[2], scale, 0, NULL) ||
        vips_cast(t[2], out, VIPS_FORMAT_FLOAT, NULL);
    for (int i = 0; i < 4; i++)
        g_clear_object(&t[i]);
    return failed;
}

/// Transparent pixels have no colour that could mix into their neighbours'.
static int resized_layer(VipsImage *in, VipsImage **out, int width, int height) {
    if (in->Xsize == width && in->Ysize == height)
        return vips_copy(in, out, NULL);
    VipsImage *t[2] = {NULL, NULL};
    int failed = vips_premultiply(in, &t[0], "max_alpha", 1.0, NULL) ||
        resized(t[0], &t[1], width, height) ||
        vips_unpremultiply(t[1], out, "max_alpha", 1.0, NULL);
    for (int i = 0; i < 2; i++)
        g_clear_object(&t[i]);
    return failed;
}

static int copy_layer(VipsImage *image, int width, int height, uint8_t *pixels) {
    if (image->Xsize != width || image->Ysize != height || image->Bands != 4) {
        vips_error("autochrome", "scaled to %d x %d", image->Xsize, image->Ysize);
        return -1;
    }
    VipsImage *bytes = NULL;
    size_t size = 0;
    int failed = vips_linear1(image, &bytes, 255, 0.5, "uchar", TRUE, NULL);
    void *memory = failed ? NULL : vips_image_write_to_memory(bytes, &size);
    if (memory)
        memcpy(pixels, memory, size);
    g_free(memory);
    g_clear_object(&bytes);
    return memory ? 0 : -1;
}

int cvips_layer(
    const CVipsFile *file, int width, int height, uint8_t *pixels, char **error) {
    CVipsHeader header;
    VipsImage *image = load(file, 1);
    VipsImage *t[6] = {NULL, NULL, NULL, NULL, NULL, NULL};
    gint reading_failed = 0;
    int failed = !image || cvips_describe(image, file->container, &header);
    if (!failed) {
        int swapped = header.orientation >= 5;
        failed = cvips_watch(image, &t[0], &reading_failed) ||
            cvips_to_srgb(t[0], &t[1], &header) || unit_colours(t[1], &t[2]) ||
            resized_layer(t[2], &t[3], swapped ? height : width, swapped ? width : height) ||
            !(t[4] = vips_image_copy_memory(t[3])) || vips_autorot(t[4], &t[5], NULL) ||
            copy_layer(t[5], width, height, pixels) || g_atomic_int_get(&reading_failed);
    }
    for (int i = 0; i < 6; i++)
        g_clear_object(&t[i]);
    g_clear_object(&image);
    if (failed)
        *error = cvips_take_error();
    else
        vips_error_clear();
    return failed ? -1 : 0;
}
