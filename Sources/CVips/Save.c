#include "Pipeline.h"

static VipsForeignTiffCompression tiff_compression(int compression) {
    switch (compression) {
    case CVIPS_TIFF_LZW:
        return VIPS_FOREIGN_TIFF_COMPRESSION_LZW;
    case CVIPS_TIFF_DEFLATE:
        return VIPS_FOREIGN_TIFF_COMPRESSION_DEFLATE;
    case CVIPS_TIFF_ZSTD:
        return VIPS_FOREIGN_TIFF_COMPRESSION_ZSTD;
    case CVIPS_TIFF_PACKBITS:
        return VIPS_FOREIGN_TIFF_COMPRESSION_PACKBITS;
    default:
        return VIPS_FOREIGN_TIFF_COMPRESSION_NONE;
    }
}

static int save_tiff(VipsImage *image, const char *output, const CVipsSave *save) {
    // A classic TIFF holds 4 GB. Compressed data can be a little larger than
    // plain, and the metadata still has to fit.
    int is_big = (double)VIPS_IMAGE_SIZEOF_IMAGE(image) > 3.9e9;
    return vips_tiffsave(
        image, output, "compression", tiff_compression(save->tiff_compression), "predictor",
        VIPS_FOREIGN_TIFF_PREDICTOR_HORIZONTAL, "bigtiff", is_big, "resunit",
        VIPS_FOREIGN_TIFF_RESUNIT_INCH, NULL);
}

static int save_heif(VipsImage *image, const char *output, const CVipsSave *save, int bits) {
    // libheif 1.15 has x265 write up to 10 bits. Of AV1's 8, 10 and 12 bits it
    // gets 10 wrong: libaom 3.6 ends the process at an assertion.
    int deep = save->is_av1 ? 12 : 10;
    // Effort counts for AV1 only: 2 takes a seventh of the time of the default
    // 4 for the same size, at 0.8 dB more error.
    return vips_heifsave(
        image, output, "Q", save->quality, "bitdepth",
        bits <= 8 ? 8 : deep, "compression",
        save->is_av1 ? VIPS_FOREIGN_HEIF_COMPRESSION_AV1 : VIPS_FOREIGN_HEIF_COMPRESSION_HEVC,
        "effort", 2, "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_OFF, NULL);
}

static int save_as(VipsImage *image, const char *output, const CVipsSave *save, int bits) {
    switch (save->container) {
    case CVIPS_JPEG:
        return vips_jpegsave(
            image, output, "Q", save->quality, "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_OFF,
            NULL);
    case CVIPS_PNG:
        return vips_pngsave(image, output, NULL);
    case CVIPS_TIFF:
        return save_tiff(image, output, save);
    case CVIPS_WEBP:
        return vips_webpsave(
            image, output, "Q", save->quality, "lossless", save->quality == 100, NULL);
    case CVIPS_HEIF:
        return save_heif(image, output, save, bits);
    case CVIPS_JXL:
        return vips_jxlsave(
            image, output, "Q", save->quality, "lossless", save->quality == 100, NULL);
    }
    return -1;
}

/// v / 257, rounded: exact for both ends, where a shift would darken.
static int in_8_bits(VipsImage *in, VipsImage **out) {
    VipsImage *scaled = NULL;
    if (vips_linear1(in, &scaled, 1.0 / 257, 0.5, "uchar", TRUE, NULL))
        return -1;
    int failed =
        vips_copy(scaled, out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    g_object_unref(scaled);
    return failed;
}

int cvips_save(VipsImage *image, const char *output, const CVipsSave *save, int stored_bits) {
    int is_jpeg = save->container == CVIPS_JPEG;
    int is_narrow = is_jpeg || save->container == CVIPS_WEBP;
    VipsImage *t[2] = {NULL, NULL};
    int failed = is_jpeg && image->Bands == 4 ? cvips_without_alpha(image, &t[0])
                                              : vips_copy(image, &t[0], NULL);
    if (!failed)
        failed = is_narrow && t[0]->BandFmt == VIPS_FORMAT_USHORT
            ? in_8_bits(t[0], &t[1])
            : vips_copy(t[0], &t[1], NULL);
    failed = failed || save_as(t[1], output, save, stored_bits);
    for (int i = 0; i < 2; i++)
        g_clear_object(&t[i]);
    return failed;
}

/// A structure of EXIF without tags. On saving, libvips has libexif write every
/// block anew, and that leaves out the tags it does not know and all of a
/// camera's own; the caller puts the real block into this one's place.
static void attach_place_for_exif(VipsImage *image) {
    static const VipsPel none[] = {
        'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    vips_image_set_blob_copy(image, VIPS_META_EXIF_NAME, none, sizeof none);
}

void cvips_attach_metadata(VipsImage *image, const CVipsSave *save) {
    if (save->container != CVIPS_HEIF)
        return;
    if (save->xmp.count)
        vips_image_set_blob_copy(image, VIPS_META_XMP_NAME, save->xmp.bytes, save->xmp.count);
    if (save->has_exif)
        attach_place_for_exif(image);
}
