#include "Formats/Formats.h"
#include <string.h>

static VipsImage *load_source(
    VipsSource *source, CVipsContainer container, const CVipsLoad *load, char **refusal) {
    const VipsFailOn fail_on = VIPS_FAIL_ON_TRUNCATED;
    VipsAccess access = load->access;
    VipsImage *image = NULL;
    int failed = -1;
    switch (container) {
    case CVIPS_JPEG:
        *refusal = cvips_jpeg_refusal(source);
        failed = *refusal || vips_source_rewind(source) ||
            vips_jpegload_source(
                source, &image, "access", access, "fail_on", load->jpeg_fail_on, "shrink",
                VIPS_MAX(load->shrink, 1), NULL);
        break;
    case CVIPS_PNG:
        failed = vips_pngload_source(
            source, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case CVIPS_TIFF:
        return cvips_load_tiff(source, access, refusal);
    case CVIPS_WEBP:
        failed = vips_webpload_source(
            source, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case CVIPS_HEIF:
        failed = vips_heifload_source(
            source, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case CVIPS_JXL:
        failed = vips_jxlload_source(
            source, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    }
    return failed ? NULL : image;
}

/// What the file says and libvips does not hand on, of an image that is loaded.
static VipsImage *with_facts(
    VipsImage *image, VipsSource *facts, CVipsContainer container, char **refusal) {
    VipsImage *expanded = NULL;
    if (container == CVIPS_PNG)
        *refusal = cvips_describe_png(facts, image);
    if (container == CVIPS_HEIF)
        *refusal = cvips_describe_heif(facts, image);
    // HEIF and JPEG XL turn their pictures themselves, whatever EXIF says; TIFF has its own tag.
    int has_tag = container == CVIPS_TIFF && cvips_integer(image, "autochrome-turned", 0);
    if (container != CVIPS_HEIF && container != CVIPS_JXL && !has_tag)
        cvips_find_orientation(image);
    if (!*refusal && !cvips_integer(image, "autochrome-limited", 0))
        return image;
    if (!*refusal && cvips_expand_range(image, &expanded))
        g_clear_object(&expanded);
    g_object_unref(image);
    return expanded;
}

/// Not by vips_image_new_from_file(): that one reads options out of file names
/// like "photo[1].jpg".
static VipsSource *source_of(const CVipsFile *file) {
    return file->path ? vips_source_new_from_file(file->path)
                      : vips_source_new_from_memory(file->data.bytes, file->data.count);
}

VipsImage *cvips_load(const CVipsFile *file, const CVipsLoad *load, char **refusal) {
    char *reason = NULL;
    VipsSource *source = source_of(file), *facts = source ? source_of(file) : NULL;
    VipsImage *image = facts ? load_source(source, file->container, load, &reason) : NULL;
    if (image)
        image = with_facts(image, facts, file->container, &reason);
    if (source)
        g_object_unref(source);
    if (facts)
        g_object_unref(facts);
    if (refusal)
        *refusal = reason;
    else
        g_free(reason);
    return image;
}

static int watch(VipsRegion *out, void *seq, void *a, void *b, gboolean *stop) {
    VipsRegion *in = seq;
    VipsRect *wanted = &out->valid;
    (void)a, (void)stop;
    if (!vips_region_prepare(in, wanted) &&
        !vips_region_region(out, in, wanted, wanted->left, wanted->top))
        return 0;
    g_atomic_int_set((gint *)b, 1);
    return -1;
}

int cvips_watch(VipsImage *in, VipsImage **out, gint *failed) {
    // The caches of later stages paint black where a thread met an error, and
    // we have seen a pass end well after that.
    *out = vips_image_new();
    if (vips_image_pipelinev(*out, VIPS_DEMAND_STYLE_THINSTRIP, in, NULL) ||
        vips_image_generate(*out, vips_start_one, watch, vips_stop_one, in, failed)) {
        g_clear_object(out);
        return -1;
    }
    return 0;
}

int cvips_integer(VipsImage *image, const char *name, int fallback) {
    int value = fallback;
    if (vips_image_get_typeof(image, name) && vips_image_get_int(image, name, &value))
        vips_error_clear();
    return value;
}

static int decodes_whole(VipsImage *image, CVipsContainer container, int orientation) {
    if (orientation != 1)
        return 1;
    switch (container) {
    case CVIPS_JPEG:
        return cvips_integer(image, "jpeg-multiscan", 0) != 0;
    case CVIPS_PNG:
        return cvips_integer(image, "interlaced", 0) != 0;
    case CVIPS_TIFF:
        return cvips_integer(image, "autochrome-whole", 0);
    default:
        return 1;
    }
}

/// Colour bands as stored: 1, 3 or 4, or 0 when it is no photograph's number.
static int stored_colours(VipsImage *image) {
    VipsInterpretation space = vips_image_guess_interpretation(image);
    if (space == VIPS_INTERPRETATION_CMYK)
        return image->Bands <= 5 ? 4 : 0;
    if (image->Bands <= 2)
        return 1;
    return image->Bands <= 4 ? 3 : 0;
}

static int sample_bits(VipsImage *image) {
    switch (image->BandFmt) {
    case VIPS_FORMAT_UCHAR:
        return 8;
    case VIPS_FORMAT_USHORT:
        return 16;
    case VIPS_FORMAT_FLOAT:  // how libvips holds 8-bit CIELAB
        return image->Type == VIPS_INTERPRETATION_LAB ? 8 : 0;
    case VIPS_FORMAT_SHORT:
        return image->Type == VIPS_INTERPRETATION_LABS ? 16 : 0;
    default:
        return 0;
    }
}

int cvips_describe(VipsImage *image, CVipsContainer container, CVipsHeader *header) {
    memset(header, 0, sizeof *header);
    int colours = stored_colours(image);
    header->channels = image->Bands;
    header->bits = sample_bits(image);
    header->stored_bits = cvips_integer(image, "heif-bitdepth", header->bits);
    header->bands = colours == 1 ? 1 : 3;
    header->has_alpha = image->Bands > colours;
    header->pages = cvips_integer(image, "autochrome-pages", vips_image_get_n_pages(image));
    header->frames = cvips_integer(image, "autochrome-frames", 1);
    header->left_out = cvips_integer(image, "autochrome-left-out", 0);
    header->orientation = vips_image_get_orientation(image);
    int swapped = vips_image_get_orientation_swap(image);
    header->width = swapped ? image->Ysize : image->Xsize;
    header->height = swapped ? image->Xsize : image->Ysize;
    header->decodes_whole = decodes_whole(image, container, header->orientation);
    const char *codec = NULL;
    if (container == CVIPS_HEIF &&
        !vips_image_get_string(image, "heif-compression", &codec))
        header->is_av1 = codec && strcmp(codec, "av1") == 0;
    if (!colours)
        return CVIPS_REFUSED_CHANNELS;
    if (!header->bits)
        return CVIPS_REFUSED_SAMPLES;
    header->profile = cvips_profile(image);
    return 0;
}

int cvips_read_header(const CVipsFile *file, CVipsHeader *header, char **error) {
    const CVipsLoad load = {VIPS_ACCESS_SEQUENTIAL, VIPS_FAIL_ON_TRUNCATED, 1};
    char *refusal = NULL;
    VipsImage *image = cvips_load(file, &load, &refusal);
    if (refusal) {
        *error = strdup(refusal);
        g_free(refusal);
        vips_error_clear();
        return CVIPS_REFUSED_KIND;
    }
    if (!image) {
        *error = cvips_take_error();
        return CVIPS_REFUSED_DECODER;
    }
    int refused = cvips_describe(image, file->container, header);
    g_object_unref(image);
    vips_error_clear();
    return refused;
}
