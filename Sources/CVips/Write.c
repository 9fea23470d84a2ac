#include "Pipeline.h"
#include <string.h>

typedef struct {
    CVipsMap map;
    void *context;
    int compare;
    int width;  // of the photo, half of the output's when comparing
    gint reading_failed;
} Mapping;

/// Puts the colours of `count` input pixels, three bands each, to the left.
static void copy_before(
    const VipsPel *in, VipsPel *out, int count, int in_bands, int out_bands, size_t sample) {
    int is_grey = in_bands <= 2;
    for (int i = 0; i < count; i++) {
        for (int band = 0; band < 3; band++)
            memcpy(out + band * sample, in + (is_grey ? 0 : band) * sample, sample);
        if (out_bands == 4)
            memcpy(out + 3 * sample, in + (in_bands - 1) * sample, sample);
        in += in_bands * sample;
        out += out_bands * sample;
    }
}

static void copy_alpha(
    const VipsPel *in, VipsPel *out, int count, int in_bands, int out_bands, size_t sample) {
    for (int i = 0; i < count; i++)
        memcpy(
            out + (i * out_bands + 3) * sample, in + (i * in_bands + in_bands - 1) * sample,
            sample);
}

/// One part of the output region: columns left ..< right of the photo, put at
/// `offset` columns further right.
static int fill(
    VipsRegion *out, VipsRegion *in, Mapping *mapping, int left, int right, int offset,
    int is_before) {
    VipsRect *wanted = &out->valid;
    VipsRect part = {left, wanted->top, right - left, wanted->height};
    int in_bands = in->im->Bands, out_bands = out->im->Bands;
    size_t sample = VIPS_IMAGE_SIZEOF_ELEMENT(in->im);
    if (vips_region_prepare(in, &part))
        return -1;
    for (int y = part.top; y < VIPS_RECT_BOTTOM(&part); y++) {
        VipsPel *p = VIPS_REGION_ADDR(in, left, y);
        VipsPel *q = VIPS_REGION_ADDR(out, left + offset, y);
        if (is_before) {
            copy_before(p, q, part.width, in_bands, out_bands, sample);
            continue;
        }
        if (out_bands == 4)
            copy_alpha(p, q, part.width, in_bands, out_bands, sample);
        CVipsRow row = {left, y, part.width, p, q};
        mapping->map(mapping->context, &row);
    }
    return 0;
}

static int generate(VipsRegion *out, void *seq, void *a, void *b, gboolean *stop) {
    VipsRegion *in = seq;
    Mapping *mapping = b;
    (void)a, (void)stop;
    int left = out->valid.left, right = VIPS_RECT_RIGHT(&out->valid);
    int start = mapping->compare ? mapping->width : 0;
    if (left < start && fill(out, in, mapping, left, VIPS_MIN(right, start), 0, 1))
        return -1;
    if (right > start &&
        fill(out, in, mapping, VIPS_MAX(left, start) - start, right - start, start, 0))
        return -1;
    return 0;
}

static void *collect_name(VipsImage *image, const char *name, GValue *value, void *a) {
    (void)image, (void)value;
    GSList **names = a;
    *names = g_slist_prepend(*names, g_strdup(name));
    return NULL;
}

/// Metadata is written by the caller, for libvips' savers carry different
/// parts of it for each format; what stays here is the profile.
static int replace_metadata(VipsImage *image) {
    VipsBlob *profile = NULL;
    GSList *names = NULL;
    vips_image_map(image, collect_name, &names);
    for (GSList *name = names; name; name = name->next)
        vips_image_remove(image, name->data);
    g_slist_free_full(names, g_free);
    if (vips_profile_load("srgb", &profile, NULL))
        return -1;
    size_t length = 0;
    const void *bytes = vips_blob_get(profile, &length);
    vips_image_set_blob_copy(image, VIPS_META_ICC_NAME, bytes, length);
    vips_area_unref(VIPS_AREA(profile));
    return 0;
}

static VipsImage *mapped(VipsImage *in, Mapping *mapping, const CVipsHeader *header) {
    VipsImage *out = vips_image_new();
    if (vips_image_pipelinev(out, VIPS_DEMAND_STYLE_THINSTRIP, in, NULL)) {
        g_object_unref(out);
        return NULL;
    }
    out->Bands = header->has_alpha ? 4 : 3;
    out->Type = header->bits == 16 ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
    if (mapping->compare)
        out->Xsize = 2 * in->Xsize;
    // A file that states no resolution reads as 1 pixel a millimetre, which
    // writing it back would turn into a claim of 25 dots an inch.
    if (out->Xres == 1 && out->Yres == 1)
        out->Xres = out->Yres = 72 / 25.4;
    if (vips_image_generate(out, vips_start_one, generate, vips_stop_one, in, mapping)) {
        g_object_unref(out);
        return NULL;
    }
    return out;
}

static int write_loaded(
    VipsImage *image, const CVipsHeader *header, const char *output, const CVipsSave *save,
    Mapping *mapping) {
    VipsImage *t[3] = {NULL, NULL, NULL};
    VipsImage *out = NULL;
    int failed = cvips_watch(image, &t[2], &mapping->reading_failed) ||
        vips_autorot(t[2], &t[0], NULL) || cvips_to_srgb(t[0], &t[1], header);
    if (!failed) {
        mapping->width = t[1]->Xsize;
        out = mapped(t[1], mapping, header);
    }
    failed = !out || replace_metadata(out);
    if (!failed) {
        cvips_attach_metadata(out, save);
        failed = cvips_save(out, output, save, header->stored_bits);
    }
    g_clear_object(&out);
    for (int i = 0; i < 3; i++)
        g_clear_object(&t[i]);
    return failed;
}

int cvips_write(
    const CVipsFile *file, const char *output, const CVipsSave *save, CVipsMap map,
    void *context, char **error) {
    CVipsLoad load = {VIPS_ACCESS_SEQUENTIAL, VIPS_FAIL_ON_TRUNCATED, 1};
    CVipsHeader header;
    Mapping mapping = {map, context, save->compare, 0, 0};
    VipsImage *image = cvips_load(file, &load, NULL);
    if (!image || cvips_describe(image, file->container, &header)) {
        g_clear_object(&image);
        *error = cvips_take_error();
        return CVIPS_READING_FAILED;
    }
    // Turning needs pixels out of order: libvips then decodes to memory, or to
    // a temporary file past 100 MB.
    if (header.orientation != 1) {
        g_object_unref(image);
        load.access = VIPS_ACCESS_RANDOM;
        image = cvips_load(file, &load, NULL);
    }
    int failed = !image || write_loaded(image, &header, output, save, &mapping);
    int is_reading = !image || g_atomic_int_get(&mapping.reading_failed);
    failed = failed || is_reading;
    g_clear_object(&image);
    if (!failed) {
        vips_error_clear();
        return 0;
    }
    *error = cvips_take_error();
    return is_reading ? CVIPS_READING_FAILED : CVIPS_WRITING_FAILED;
}
