#include "Pipeline.h"
#include <stdlib.h>
#include <string.h>

// Every test colour is a step of 17 from the next: 0, 17, ... 255.
enum { steps = 16 };

static int transform(VipsImage *in, VipsImage **out, int bits, int embedded) {
    return vips_icc_transform(
        in, out, "srgb", "embedded", embedded, "input_profile",
        in->Bands == 4 ? "cmyk" : "srgb", "intent", VIPS_INTENT_RELATIVE,
        "black_point_compensation", TRUE, "depth", bits, NULL);
}

/// Copies the profile of one image to another.
static void set_profile(VipsImage *from, VipsImage *to) {
    const void *profile = NULL;
    size_t length = 0;
    if (!vips_image_get_blob(from, VIPS_META_ICC_NAME, &profile, &length))
        vips_image_set_blob_copy(to, VIPS_META_ICC_NAME, profile, length);
}

/// A grid of colours (or greys, three alike) as an 8-bit RGB image that
/// carries `image`'s profile.
static VipsImage *test_colours(VipsImage *image, int is_grey) {
    int count = is_grey ? 256 : steps * steps * steps;
    VipsPel *pixels = malloc(3 * (size_t)count);
    if (!pixels)
        return NULL;
    for (int i = 0; i < count; i++) {
        pixels[3 * i] = is_grey ? i : 17 * (i % steps);
        pixels[3 * i + 1] = is_grey ? i : 17 * (i / steps % steps);
        pixels[3 * i + 2] = is_grey ? i : 17 * (i / steps / steps);
    }
    VipsImage *grid = vips_image_new_from_memory_copy(
        pixels, 3 * (size_t)count, count, 1, 3, VIPS_FORMAT_UCHAR);
    free(pixels);
    if (grid) {
        set_profile(image, grid);
        grid->Type = VIPS_INTERPRETATION_sRGB;
    }
    return grid;
}

static int largest_difference(VipsImage *a, VipsImage *b, double *difference) {
    VipsImage *t[2] = {NULL, NULL};
    int failed = vips_subtract(a, b, &t[0], NULL) || vips_abs(t[0], &t[1], NULL) ||
        vips_max(t[1], difference, NULL);
    for (int i = 0; i < 2; i++)
        g_clear_object(&t[i]);
    return failed;
}

/// The four letters of an ICC header's colour space field (ICC.1:2022, 7.2.6).
static int profile_is_for(VipsImage *image, const char *space) {
    const void *profile = NULL;
    size_t length = 0;
    if (vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile, &length))
        return 0;
    return length >= 128 && memcmp((const char *)profile + 16, space, 4) == 0;
}

static int three_bands(VipsImage *in, VipsImage **out) {
    VipsImage *same[3] = {in, in, in};
    VipsImage *joined = NULL;
    if (vips_bandjoin(same, &joined, 3, NULL))
        return -1;
    int failed = vips_copy(
        joined, out, "interpretation",
        in->BandFmt == VIPS_FORMAT_USHORT ? VIPS_INTERPRETATION_RGB16
                                          : VIPS_INTERPRETATION_sRGB,
        NULL);
    g_object_unref(joined);
    return failed;
}

/// All greys there are, as the profile of `in` wants them. A file may pair
/// grey samples with an RGB profile; they then stand for three equal channels.
static int all_greys(VipsImage *in, VipsImage **out, int bits) {
    VipsImage *greys = NULL;
    if (vips_identity(&greys, "ushort", bits == 16, "size", 65536, NULL))
        return -1;
    int failed = profile_is_for(in, "RGB ")
        ? three_bands(greys, out)
        : vips_copy(
              greys, out, "interpretation",
              bits == 16 ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W, NULL);
    g_object_unref(greys);
    if (!failed)
        set_profile(in, *out);
    return failed;
}

/// The embedded profile applied to a one-band image, by a table of all greys.
/// Where LittleCMS makes it, by way of XYZ in floating point: else it would
/// interpolate its own result between 33 points, too.
static int convert_grey(VipsImage *in, VipsImage **out, int bits) {
    VipsImage *table = cvips_grey_table(in, bits);
    if (table) {
        int failed = vips_maplut(in, out, table, NULL);
        g_object_unref(table);
        return failed;
    }
    VipsImage *t[4] = {NULL, NULL, NULL, NULL};
    int failed = all_greys(in, &t[0], bits) ||
        vips_icc_import(
            t[0], &t[1], "embedded", TRUE, "pcs", VIPS_PCS_XYZ, "intent",
            VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE, NULL) ||
        vips_colourspace(
            t[1], &t[2],
            bits == 16 ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB, NULL) ||
        vips_extract_band(t[2], &t[3], 1, NULL) || vips_maplut(in, out, t[3], NULL);
    for (int i = 0; i < 4; i++)
        g_clear_object(&t[i]);
    return failed;
}

static int converted_grid(VipsImage *grid, VipsImage **out, int is_grey) {
    if (!is_grey)
        return transform(grid, out, 8, TRUE);
    VipsImage *band = NULL;
    if (vips_extract_band(grid, &band, 0, NULL))
        return -1;
    int failed = convert_grey(band, out, 8);
    g_object_unref(band);
    return failed;
}

static int try_profile(VipsImage *image, int is_grey) {
    double difference = 0;
    VipsImage *grid = test_colours(image, is_grey);
    VipsImage *converted = NULL;
    int failed = !grid || converted_grid(grid, &converted, is_grey) ||
        largest_difference(grid, converted, &difference);
    g_clear_object(&grid);
    g_clear_object(&converted);
    if (failed) {
        vips_error_clear();
        return CVIPS_PROFILE_UNUSABLE;
    }
    // One level in 255 is what rounding alone moves.
    return difference <= 1 ? CVIPS_PROFILE_SRGB : CVIPS_PROFILE_CONVERTED;
}

int cvips_profile(VipsImage *image) {
    if (image->Type == VIPS_INTERPRETATION_LAB || image->Type == VIPS_INTERPRETATION_LABS ||
        !vips_image_get_typeof(image, VIPS_META_ICC_NAME))
        return CVIPS_PROFILE_NONE;
    if (vips_image_guess_interpretation(image) == VIPS_INTERPRETATION_CMYK)
        return profile_is_for(image, "CMYK") ? CVIPS_PROFILE_CONVERTED
                                             : CVIPS_PROFILE_UNUSABLE;
    int is_grey = image->Bands <= 2;
    if (!profile_is_for(image, "RGB ") && !(is_grey && profile_is_for(image, "GRAY")))
        return CVIPS_PROFILE_UNUSABLE;
    return cvips_tried_profile(image, is_grey, try_profile);
}

static int convert_colours(VipsImage *in, VipsImage **out, const CVipsHeader *header) {
    if (in->Type == VIPS_INTERPRETATION_LAB)
        return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, NULL);
    if (in->Type == VIPS_INTERPRETATION_LABS)
        return vips_colourspace(in, out, VIPS_INTERPRETATION_RGB16, NULL);
    int converts = header->profile == CVIPS_PROFILE_CONVERTED;
    if (in->Bands == 4)
        return transform(in, out, header->bits, converts);
    if (!converts)
        return vips_copy(in, out, NULL);
    if (in->Bands == 1)
        return convert_grey(in, out, header->bits);
    return transform(in, out, header->bits, TRUE);
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
