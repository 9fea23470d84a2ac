#include "Formats.h"
#include <libheif/heif.h>
#include <stdlib.h>
#include <string.h>

// Boxes that hold tables; pictures are elsewhere.
enum { longest_table = 16 << 20, most_boxes = 10000 };

/// A part of a file's bytes.
typedef struct {
    const VipsPel *bytes;
    size_t count;
} Span;

/// The next box of an ISO base media file: its type, and what is in it. Moves `rest` on.
static int next_box(Span *rest, char type[4], Span *body) {
    if (rest->count < 8)
        return 0;
    size_t count = (size_t)cvips_number(rest->bytes, 4);
    memcpy(type, rest->bytes + 4, 4);
    count = count == 0 ? rest->count : count;
    if (count < 8 || count > rest->count)
        return 0;
    *body = (Span){rest->bytes + 8, count - 8};
    *rest = (Span){rest->bytes + count, rest->count - count};
    return 1;
}

/// The first box of a type below another; empty where there is none. `skipped` are the bytes of
/// the parent's own fields.
static Span inside(Span parent, size_t skipped, const char *wanted) {
    char type[4];
    Span body, rest = parent.count >= skipped
        ? (Span){parent.bytes + skipped, parent.count - skipped}
        : (Span){NULL, 0};
    while (next_box(&rest, type, &body))
        if (memcmp(type, wanted, 4) == 0)
            return body;
    return (Span){NULL, 0};
}

/// A box of the file itself, in memory that the caller frees; null where there is none.
static VipsPel *top_box(VipsSource *source, const char *wanted, size_t *count) {
    VipsPel head[16], *bytes = NULL;
    int64_t offset = 0;
    for (int i = 0; i < most_boxes && !bytes; i++) {
        if (cvips_read_at(source, offset, head, sizeof head) < 8)
            return NULL;
        uint64_t length = cvips_number(head, 4), skipped = length == 1 ? 16 : 8;
        length = length == 1 ? cvips_number(head + 8, 8) : length;
        if (length < skipped || length > INT64_MAX - (uint64_t)offset)
            return NULL;
        *count = (size_t)(length - skipped);
        if (memcmp(head + 4, wanted, 4) == 0) {
            bytes = *count <= longest_table ? malloc(*count + 1) : NULL;
            if (!bytes ||
                cvips_read_at(source, offset + (int64_t)skipped, bytes, *count) != *count) {
                free(bytes);
                return NULL;
            }
        }
        offset += (int64_t)length;
    }
    return bytes;
}

/// The frames of the first track of pictures (ISO/IEC 14496-12, sections 8.4.3 and 8.7.3).
static int frames(Span movie) {
    char type[4];
    Span track;
    while (next_box(&movie, type, &track)) {
        Span media = memcmp(type, "trak", 4) == 0 ? inside(track, 0, "mdia") : (Span){NULL, 0};
        Span handler = inside(media, 0, "hdlr");
        Span sizes = inside(inside(inside(media, 0, "minf"), 0, "stbl"), 0, "stsz");
        if (handler.count >= 12 && memcmp(handler.bytes + 8, "pict", 4) == 0 &&
            sizes.count >= 12)
            return (int)VIPS_MIN(cvips_number(sizes.bytes + 8, 4), G_MAXINT);
    }
    return 1;
}

/// Whether any picture of the file is grey: by the settings of AV1 (av1C) and HEVC (hvcC).
static int has_grey(Span meta) {
    char type[4];
    Span body, rest = inside(inside(meta, 4, "iprp"), 0, "ipco");
    while (next_box(&rest, type, &body)) {
        if (memcmp(type, "av1C", 4) == 0 && body.count >= 3 && body.bytes[2] & 0x10)
            return 1;
        if (memcmp(type, "hvcC", 4) == 0 && body.count >= 17 && (body.bytes[16] & 3) == 0)
            return 1;
    }
    return 0;
}

/// Whether the main picture, decoded, is grey of limited range.
static int is_limited(const void *bytes, size_t count) {
    struct heif_context *context = heif_context_alloc();
    struct heif_image_handle *handle = NULL;
    struct heif_image *image = NULL;
    struct heif_color_profile_nclx *colours = NULL;
    int found = 0;
    if (heif_context_read_from_memory_without_copy(context, bytes, count, NULL).code == 0 &&
        heif_context_get_primary_image_handle(context, &handle).code == 0 &&
        heif_decode_image(
            handle, &image, heif_colorspace_undefined, heif_chroma_undefined, NULL)
                .code == 0 &&
        heif_image_get_colorspace(image) == heif_colorspace_monochrome &&
        (heif_image_handle_get_nclx_color_profile(handle, &colours).code == 0 ||
         heif_image_get_nclx_color_profile(image, &colours).code == 0))
        found = !colours->full_range_flag;
    if (colours)
        heif_nclx_color_profile_free(colours);
    if (image)
        heif_image_release(image);
    if (handle)
        heif_image_handle_release(handle);
    heif_context_free(context);
    return found;
}

/// Whether some picture is RGB itself, not YCbCr, of limited range (ISO/IEC 23091-2, 8.3).
static int has_limited_rgb(Span meta) {
    char type[4];
    Span body, rest = inside(inside(meta, 4, "iprp"), 0, "ipco");
    while (next_box(&rest, type, &body))
        if (memcmp(type, "colr", 4) == 0 && body.count >= 11 &&
            memcmp(body.bytes, "nclx", 4) == 0 && cvips_number(body.bytes + 8, 2) == 0 &&
            !(body.bytes[10] & 0x80))
            return 1;
    return 0;
}

char *cvips_describe_heif(VipsSource *source, VipsImage *image) {
    char *refusal = NULL;
    size_t count = 0;
    VipsPel *movie = top_box(source, "moov", &count);
    if (movie)
        vips_image_set_int(image, "autochrome-frames", frames((Span){movie, count}));
    free(movie);
    VipsPel *meta = top_box(source, "meta", &count);
    if (meta && has_grey((Span){meta, count})) {
        size_t whole = 0;
        const void *bytes = vips_source_map(source, &whole);
        if (bytes && is_limited(bytes, whole))
            vips_image_set_int(image, "autochrome-limited", 1);
    }
    if (meta && has_limited_rgb((Span){meta, count}))
        refusal = g_strdup("its RGB is of limited range, which is not read; save it as YCbCr");
    free(meta);
    vips_error_clear();
    return refusal;
}

int cvips_expand_range(VipsImage *in, VipsImage **out) {
    // Of 16 bits libvips has made what 8, 10 or 12 were, by shifts; black is 16 of 8 bits.
    double most = in->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;
    double unit = in->BandFmt == VIPS_FORMAT_USHORT ? 256 : 1;
    VipsImage *scaled = NULL, *whole = NULL;
    int colours = in->Bands == 2 || in->Bands == 4 ? in->Bands - 1 : in->Bands;
    double factors[4] = {1, 1, 1, 1}, offsets[4] = {0.5, 0.5, 0.5, 0.5};
    for (int i = 0; i < colours; i++) {
        factors[i] = most / (219 * unit);
        offsets[i] = 0.5 - 16 * unit * factors[i];
    }
    int failed = vips_linear(in, &scaled, factors, offsets, in->Bands, NULL) ||
        vips_cast(scaled, &whole, in->BandFmt, NULL) ||
        vips_copy(whole, out, "interpretation", in->Type, NULL);
    g_clear_object(&scaled);
    g_clear_object(&whole);
    return failed;
}
