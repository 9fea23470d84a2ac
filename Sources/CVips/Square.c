#include "Pipeline.h"
#include "Resample.h"
#include <stdlib.h>
#include <string.h>

/// Many photographs are prepared side by side, so each keeps to one thread.
static VipsImage *load(
    CVipsBytes data, CVipsContainer container, int shrink, char **refusal) {
    const CVipsLoad load = {VIPS_ACCESS_SEQUENTIAL, VIPS_FAIL_ON_WARNING, shrink};
    CVipsFile file = {.data = data, .container = container};
    VipsImage *image = cvips_load(&file, &load, refusal);
    if (image)
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
    CVipsHeader *header, int64_t *memory, int *refused, char **error) {
    char *refusal = NULL;
    CVipsPhoto *photo = calloc(1, sizeof *photo);
    VipsImage *image = photo ? load(data, container, 1, &refusal) : NULL;
    *refused = refusal ? CVIPS_REFUSED_KIND
        : image        ? cvips_describe(image, container, header)
                       : CVIPS_REFUSED_DECODER;
    if (*refused) {
        g_clear_object(&image);
        free(photo);
        char *text = cvips_take_error();
        *error = refusal ? strdup(refusal) : strdup(text);
        free(text);
        g_free(refusal);
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
static int each_row(VipsImage *image, int height, CVipsTakeRow take, void *to) {
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

/// The whole picture in memory, with its metadata; takes `image` over.
static VipsImage *in_memory(VipsImage *image) {
    VipsImage *memory = vips_image_new_memory();
    if (!image || vips_image_pipelinev(memory, VIPS_DEMAND_STYLE_ANY, image, NULL) ||
        each_row(image, 16, take_line, memory))
        g_clear_object(&memory);
    g_clear_object(&image);
    return memory;
}

/// As `in_memory`, of a JPEG of three channels.
static VipsImage *jpeg_in_memory(VipsImage *image, CVipsBytes data, int shrink) {
    VipsImage *memory = vips_image_new_memory();
    if (!image || vips_image_pipelinev(memory, VIPS_DEMAND_STYLE_ANY, image, NULL) ||
        cvips_decode_jpeg(data, shrink, image, take_line, memory))
        g_clear_object(&memory);
    g_clear_object(&image);
    return memory;
}

static VipsImage *upright(VipsImage *image) {
    VipsImage *turned = NULL;
    int failed = vips_autorot(image, &turned, NULL);
    g_object_unref(image);
    return failed ? NULL : in_memory(turned);
}

/// Opaque 8-bit sRGB in three bands. Transparent parts become white.
static int in_srgb(VipsImage *in, VipsImage **out, const CVipsHeader *header) {
    VipsImage *t[3] = {NULL, NULL, NULL};
    int failed = cvips_to_srgb(in, &t[0], header);
    VipsImage *last = t[0];
    if (!failed && header->has_alpha) {
        failed = cvips_without_alpha(last, &t[1]);
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

static int is_srgb(VipsImage *image, const CVipsHeader *header) {
    return image->Bands == 3 && image->BandFmt == VIPS_FORMAT_UCHAR &&
        header->profile != CVIPS_PROFILE_CONVERTED;
}

/// `[height, width, 3]`, upright unless it is done the article's way.
static VipsImage *decoded(CVipsPhoto *photo) {
    int shrink = shrink_on_load(photo->image, photo->container, &photo->square);
    if (photo->square.is_article && photo->header.channels != 4)
        photo->header.profile = CVIPS_PROFILE_NONE;
    if (shrink > 1) {
        g_object_unref(photo->image);
        photo->image = load(photo->data, photo->container, shrink, NULL);
    }
    VipsImage *loaded = photo->image;
    photo->image = NULL;
    int is_plain = photo->container == CVIPS_JPEG && photo->header.channels == 3;
    VipsImage *image =
        is_plain ? jpeg_in_memory(loaded, photo->data, shrink) : in_memory(loaded);
    if (image && !photo->square.is_article && vips_image_get_orientation(image) != 1)
        image = upright(image);
    if (image && !is_srgb(image, &photo->header)) {
        VipsImage *converted = NULL;
        if (in_srgb(image, &converted, &photo->header))
            g_clear_object(&converted);
        g_object_unref(image);
        image = in_memory(converted);
    }
    if (image && image->Bands != 3) {
        vips_error("autochrome", "%d channels", image->Bands);
        g_clear_object(&image);
    }
    return image;
}

/// The part of a `width` x `height` picture that becomes the square.
static CVipsWindow window_of(int width, int height, const CVipsSquare *square) {
    int shorter = VIPS_MIN(width, height);
    CVipsWindow window = {0};
    if (square->is_article) {
        // The scaled sides are whole numbers, so each has a step of its own.
        double across = VIPS_RINT((double)width * square->size / shorter);
        double down = VIPS_RINT((double)height * square->size / shorter);
        window.side = square->size;
        window.step_x = width / across;
        window.step_y = height / down;
        window.filter = CVIPS_TRIANGLE;
    } else {
        window.side = VIPS_MIN(shorter, square->size);
        window.step_x = window.step_y = (double)shorter / window.side;
        window.filter = CVIPS_CUBIC;
    }
    if (!square->from_corner) {
        window.left = (int)(width - window.side * window.step_x) / 2;
        window.top = (int)(height - window.side * window.step_y) / 2;
    }
    return window;
}

static void copy_window(const CVipsPixels *in, const CVipsWindow *window, uint8_t *out) {
    size_t row = 3 * (size_t)window->side;
    const uint8_t *from =
        in->samples + 3 * ((size_t)window->top * in->width + (size_t)window->left);
    for (int y = 0; y < window->side; y++)
        memcpy(out + y * row, from + y * 3 * (size_t)in->width, row);
}

int cvips_square(CVipsPhoto *photo, uint8_t **pixels, int *side, char **error) {
    VipsImage *image = decoded(photo);
    if (!image) {
        *error = cvips_take_error();
        return -1;
    }
    CVipsPixels in = {VIPS_IMAGE_ADDR(image, 0, 0), image->Xsize, image->Ysize};
    CVipsWindow window = window_of(in.width, in.height, &photo->square);
    int failed = 0;
    *side = window.side;
    *pixels = malloc(3 * (size_t)window.side * window.side);
    if (!*pixels)
        failed = 1;
    else if (window.step_x == 1 && window.step_y == 1)
        copy_window(&in, &window, *pixels);
    else
        failed = cvips_resample(&in, &window, *pixels);
    g_object_unref(image);
    if (failed) {
        free(*pixels);
        *pixels = NULL;
        *error = strdup("no memory left");
    }
    return failed ? -1 : 0;
}
