#include "Pipeline.h"
#include "Profiles.h"
#include <stdlib.h>
#include <string.h>

// Every test colour is a step of 17 from the next: 0, 17, ... 255.
enum { steps = 16, colours = steps * steps * steps };

static CVipsBytes profile_of(VipsImage *image) {
    CVipsBytes profile = {NULL, 0};
    if (vips_image_get_typeof(image, VIPS_META_ICC_NAME) &&
        vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile.bytes, &profile.count))
        vips_error_clear();
    return profile;
}

/// The four letters of an ICC header's colour space field (ICC.1:2022, 7.2.6).
static int is_for(CVipsBytes profile, const char *space) {
    return profile.count >= 128 && memcmp((const char *)profile.bytes + 16, space, 4) == 0;
}

/// All greys of 8 or 16 bits in sRGB, as samples of `bits` bits; null where the profile does not
/// say. A file may pair grey samples with an RGB profile: three equal channels.
static void *converted_greys(CVipsBytes profile, int bits) {
    int count = 1 << bits;
    int is_rgb = is_for(profile, "RGB ");
    cmsHTRANSFORM transform = cvips_transform(
        profile, is_rgb ? TYPE_RGB_16 : TYPE_GRAY_16, bits == 16 ? TYPE_RGB_16 : TYPE_RGB_8);
    uint16_t *greys = malloc(sizeof *greys * 3 * (size_t)count);
    VipsPel *converted = malloc(3 * (size_t)count * bits / 8);
    int failed = !transform || !greys || !converted;
    if (!failed) {
        int channels = is_rgb ? 3 : 1;
        for (int i = 0; i < count * channels; i++)
            greys[i] = (uint16_t)(i / channels * (65535 / (count - 1)));
        cmsDoTransform(transform, greys, converted, (cmsUInt32Number)count);
        // Of three alike, one: the middle one stands for lightness best.
        size_t sample = (size_t)bits / 8;
        for (size_t i = 0; i < (size_t)count; i++)
            memmove(converted + i * sample, converted + (3 * i + 1) * sample, sample);
    }
    if (transform)
        cmsDeleteTransform(transform);
    free(greys);
    if (!failed)
        return converted;
    free(converted);
    return NULL;
}

static int convert_grey(VipsImage *in, VipsImage **out, CVipsBytes profile, int bits) {
    void *greys = converted_greys(profile, bits);
    VipsImage *table = !greys
        ? NULL
        : vips_image_new_from_memory_copy(
              greys, ((size_t)1 << bits) * bits / 8, 1 << bits, 1, 1,
              bits == 16 ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR);
    free(greys);
    int failed = !table || vips_maplut(in, out, table, NULL);
    g_clear_object(&table);
    return failed;
}

static int convert_rows(VipsRegion *out, void *seq, void *a, void *b, gboolean *stop) {
    VipsRegion *in = seq;
    VipsRect *wanted = &out->valid;
    (void)a, (void)stop;
    if (vips_region_prepare(in, wanted))
        return -1;
    for (int y = wanted->top; y < VIPS_RECT_BOTTOM(wanted); y++)
        cmsDoTransform(
            b, VIPS_REGION_ADDR(in, wanted->left, y),
            VIPS_REGION_ADDR(out, wanted->left, y), (cmsUInt32Number)wanted->width);
    return 0;
}

static int convert_matrix_rows(VipsRegion *out, void *seq, void *a, void *b, gboolean *stop) {
    VipsRegion *in = seq;
    VipsRect *wanted = &out->valid;
    (void)a, (void)stop;
    if (vips_region_prepare(in, wanted))
        return -1;
    for (int y = wanted->top; y < VIPS_RECT_BOTTOM(wanted); y++)
        cvips_apply_matrix(
            b, VIPS_REGION_ADDR(in, wanted->left, y),
            VIPS_REGION_ADDR(out, wanted->left, y), wanted->width);
    return 0;
}

/// An image of three bands whose rows `generate` makes of those of `in`. `maker`, which `release`
/// frees, and `in` live as long as it does.
static int convert_by(
    VipsImage *in, VipsImage **out, VipsGenerateFn generate, void *maker,
    GDestroyNotify release) {
    *out = vips_image_new();
    g_object_set_data_full(G_OBJECT(*out), "maker", maker, release);
    g_object_set_data_full(G_OBJECT(*out), "input", g_object_ref(in), g_object_unref);
    if (vips_image_pipelinev(*out, VIPS_DEMAND_STYLE_THINSTRIP, in, NULL))
        return -1;
    (*out)->Bands = 3;
    return vips_image_generate(*out, vips_start_one, generate, vips_stop_one, in, maker);
}

/// Three or four colour channels to three of sRGB.
static int convert_profile(VipsImage *in, VipsImage **out, CVipsBytes profile, int bits) {
    int is_wide = bits == 16, is_cmyk = in->Bands == 4;
    CVipsMatrix *matrix = is_wide || is_cmyk ? NULL : cvips_matrix(profile);
    if (matrix)
        return convert_by(in, out, convert_matrix_rows, matrix, free);
    cmsHTRANSFORM transform = cvips_transform(
        profile,
        is_cmyk ? (is_wide ? TYPE_CMYK_16 : TYPE_CMYK_8) : (is_wide ? TYPE_RGB_16 : TYPE_RGB_8),
        is_wide ? TYPE_RGB_16 : TYPE_RGB_8);
    if (!transform) {
        vips_error("autochrome", "the colour profile cannot be used");
        return -1;
    }
    return convert_by(in, out, convert_rows, transform, (GDestroyNotify)cmsDeleteTransform);
}

/// CMYK of a file that does not say which: what libvips takes for it.
static int convert_plain_cmyk(VipsImage *in, VipsImage **out, int bits) {
    VipsBlob *blob = NULL;
    CVipsBytes profile = {NULL, 0};
    if (vips_profile_load("cmyk", &blob, NULL))
        return -1;
    profile.bytes = vips_blob_get(blob, &profile.count);
    int failed = convert_profile(in, out, profile, bits);
    vips_area_unref(VIPS_AREA(blob));
    return failed;
}

static int largest_difference(const VipsPel *a, const VipsPel *b, int count) {
    int largest = 0;
    for (int i = 0; i < count; i++)
        largest = VIPS_MAX(largest, abs(a[i] - b[i]));
    return largest;
}

/// How far from itself the profile moves any grey, of 255; -1 where it does not say.
static int moves_greys(CVipsBytes profile) {
    VipsPel same[256];
    for (int i = 0; i < 256; i++)
        same[i] = (VipsPel)i;
    VipsPel *converted = converted_greys(profile, 8);
    int largest = converted ? largest_difference(same, converted, 256) : -1;
    free(converted);
    return largest;
}

/// The same of a grid of colours.
static int moves_colours(CVipsBytes profile) {
    static GMutex lock;
    static VipsPel same[3 * colours], converted[3 * colours];
    cmsHTRANSFORM transform = cvips_transform(profile, TYPE_RGB_8, TYPE_RGB_8);
    if (!transform)
        return -1;
    g_mutex_lock(&lock);
    for (int i = 0; i < colours; i++) {
        same[3 * i] = (VipsPel)(17 * (i % steps));
        same[3 * i + 1] = (VipsPel)(17 * (i / steps % steps));
        same[3 * i + 2] = (VipsPel)(17 * (i / steps / steps));
    }
    cmsDoTransform(transform, same, converted, colours);
    int largest = largest_difference(same, converted, 3 * colours);
    g_mutex_unlock(&lock);
    cmsDeleteTransform(transform);
    return largest;
}

static int try_profile(CVipsBytes profile, int is_grey) {
    int difference = is_grey ? moves_greys(profile) : moves_colours(profile);
    if (difference < 0)
        return CVIPS_PROFILE_UNUSABLE;
    // One level in 255 is what rounding alone moves.
    return difference <= 1 ? CVIPS_PROFILE_SRGB : CVIPS_PROFILE_CONVERTED;
}

/// As above, of ink: there is nothing that it could leave alone.
static int try_ink(CVipsBytes profile, int is_grey) {
    (void)is_grey;
    cmsHTRANSFORM transform = cvips_transform(profile, TYPE_CMYK_8, TYPE_RGB_8);
    if (!transform)
        return CVIPS_PROFILE_UNUSABLE;
    cmsDeleteTransform(transform);
    return CVIPS_PROFILE_CONVERTED;
}

int cvips_profile(VipsImage *image) {
    CVipsBytes profile = profile_of(image);
    if (image->Type == VIPS_INTERPRETATION_LAB || image->Type == VIPS_INTERPRETATION_LABS ||
        !vips_image_get_typeof(image, VIPS_META_ICC_NAME))
        return CVIPS_PROFILE_NONE;
    if (vips_image_guess_interpretation(image) == VIPS_INTERPRETATION_CMYK)
        return is_for(profile, "CMYK") ? cvips_tried_profile(profile, 0, try_ink)
                                       : CVIPS_PROFILE_UNUSABLE;
    int is_grey = image->Bands <= 2;
    if (!is_for(profile, "RGB ") && !(is_grey && is_for(profile, "GRAY")))
        return CVIPS_PROFILE_UNUSABLE;
    return cvips_tried_profile(profile, is_grey, try_profile);
}

static int convert_colours(VipsImage *in, VipsImage **out, const CVipsHeader *header) {
    if (in->Type == VIPS_INTERPRETATION_LAB)
        return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, NULL);
    if (in->Type == VIPS_INTERPRETATION_LABS)
        return vips_colourspace(in, out, VIPS_INTERPRETATION_RGB16, NULL);
    int converts = header->profile == CVIPS_PROFILE_CONVERTED;
    if (in->Bands == 4 && !converts)
        return convert_plain_cmyk(in, out, header->bits);
    if (!converts)
        return vips_copy(in, out, NULL);
    if (in->Bands == 1)
        return convert_grey(in, out, profile_of(in), header->bits);
    return convert_profile(in, out, profile_of(in), header->bits);
}

static VipsInterpretation colour_space(const CVipsHeader *header, int bands) {
    if (bands <= 2)
        return header->bits == 16 ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W;
    return header->bits == 16 ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
}

int cvips_to_srgb(VipsImage *in, VipsImage **out, const CVipsHeader *header) {
    int colours = in->Bands - (header->has_alpha ? 1 : 0);
    VipsImage *t[4] = {NULL, NULL, NULL, NULL};
    int failed = vips_extract_band(in, &t[0], 0, "n", colours, NULL) ||
        convert_colours(t[0], &t[1], header);
    if (!failed && header->has_alpha)
        failed = vips_extract_band(in, &t[2], colours, NULL) ||
            vips_bandjoin2(t[1], t[2], &t[3], NULL);
    VipsImage *result = header->has_alpha ? t[3] : t[1];
    failed = failed || vips_copy(
        result, out, "interpretation", colour_space(header, result->Bands), NULL);
    for (int i = 0; i < 4; i++)
        g_clear_object(&t[i]);
    return failed;
}

int cvips_without_alpha(VipsImage *in, VipsImage **out) {
    double white = in->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;
    VipsArrayDouble *background = vips_array_double_newv(1, white);
    int failed =
        vips_flatten(in, out, "background", background, "max_alpha", white, NULL);
    vips_area_unref(VIPS_AREA(background));
    return failed;
}
