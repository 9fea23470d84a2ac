#include "Formats.h"
#include "TIFF.h"

/// The colours and the transparency alone; `*in` is taken over.
static int keep_photograph(VipsImage **in, const CVipsTIFF *facts) {
    VipsImage *image = *in;
    int colours = image->Bands - facts->extras;
    VipsImage *t[3] = {NULL, NULL, NULL};
    int left_out = facts->extras - (facts->alpha >= 0);
    if (cvips_tiff_has_colours_alone(facts)) {
        vips_image_set_int(image, "autochrome-left-out", facts->extras);
        return 0;
    }
    if (colours < 1 || left_out == 0)
        return 0;
    int failed = vips_extract_band(image, &t[0], 0, "n", colours, NULL);
    if (!failed && facts->alpha >= 0)
        failed = vips_extract_band(image, &t[1], colours + facts->alpha, NULL) ||
            vips_bandjoin2(t[0], t[1], &t[2], NULL);
    if (!failed) {
        g_object_unref(image);
        *in = g_object_ref(t[2] ? t[2] : t[0]);
        vips_image_set_int(*in, "autochrome-left-out", left_out);
    }
    for (int i = 0; i < 3; i++)
        g_clear_object(&t[i]);
    return failed;
}

static VipsImage *load_as_libvips_does(
    VipsSource *source, VipsAccess access, const CVipsTIFF *facts) {
    VipsImage *image = NULL;
    return vips_tiffload_source(
               source, &image, "access", access, "fail_on", VIPS_FAIL_ON_TRUNCATED, "page",
               facts->page, "subifd", facts->subifd, NULL)
        ? NULL
        : image;
}

static VipsImage *load(
    TIFF *tiff, VipsSource *source, VipsAccess access, const CVipsTIFF *facts) {
    if (!cvips_tiff_is_common(facts))
        return cvips_tiff_decode(tiff, facts);
    TIFFClose(tiff);
    return load_as_libvips_does(source, access, facts);
}

VipsImage *cvips_load_tiff(VipsSource *source, VipsAccess access, char **refusal) {
    CVipsTIFF facts;
    TIFF *tiff = cvips_tiff_open(source);
    if (!tiff)
        return NULL;
    *refusal = cvips_tiff_read(tiff, &facts);
    if (*refusal) {
        TIFFClose(tiff);
        return NULL;
    }
    VipsImage *image = load(tiff, source, access, &facts);
    if (!image)
        return NULL;
    if (facts.orientation) {
        vips_image_set_int(image, VIPS_META_ORIENTATION, facts.orientation);
        vips_image_set_int(image, "autochrome-turned", 1);
    }
    vips_image_set_int(image, "autochrome-pages", facts.pages);
    if (keep_photograph(&image, &facts))
        g_clear_object(&image);
    return image;
}
