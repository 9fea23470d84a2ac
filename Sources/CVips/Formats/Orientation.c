#include "Formats.h"
#include <stdlib.h>
#include <string.h>

enum { orientation_tag = 0x0112, longest_text = 1 << 20 };

static unsigned number(const VipsPel *bytes, int count, int is_little) {
    unsigned value = 0;
    for (int i = 0; i < count; i++)
        value = value << 8 | bytes[is_little ? count - 1 - i : i];
    return value;
}

int cvips_exif_orientation(CVipsBytes exif) {
    static const char prefix[] = {'E', 'x', 'i', 'f', 0, 0};
    const VipsPel *bytes = exif.bytes;
    size_t count = exif.count;
    if (count >= sizeof prefix && memcmp(bytes, prefix, sizeof prefix) == 0) {
        bytes += sizeof prefix;
        count -= sizeof prefix;
    }
    if (count < 10 || (memcmp(bytes, "II", 2) != 0 && memcmp(bytes, "MM", 2) != 0))
        return 0;
    int is_little = bytes[0] == 'I';
    size_t directory = number(bytes + 4, 4, is_little);
    if (directory > count - 2)
        return 0;
    size_t entries = number(bytes + directory, 2, is_little);
    for (size_t i = 0; i < entries && directory + 2 + 12 * (i + 1) <= count; i++) {
        const VipsPel *entry = bytes + directory + 2 + 12 * i;
        if (number(entry, 2, is_little) != orientation_tag)
            continue;
        // A SHORT, but LONG and BYTE occur.
        unsigned type = number(entry + 2, 2, is_little);
        int length = type == 4 ? 4 : type == 1 ? 1 : 2;
        unsigned value = number(entry + 8, length, is_little);
        return value >= 1 && value <= 8 ? (int)value : 0;
    }
    return 0;
}

/// What is looked for in an XMP packet: `Orientation` of the namespace that TIFF has there,
/// whatever the packet calls it.
typedef struct {
    char *name;  // with the packet's prefix; null before it is known
    int orientation;
    int is_inside;
} Search;

static void take(Search *search, const char *text) {
    int value = (int)strtol(text, NULL, 10);
    if (value >= 1 && value <= 8 && search->orientation == 0)
        search->orientation = value;
}

static void start_element(
    GMarkupParseContext *context, const gchar *element, const gchar **names,
    const gchar **values, gpointer data, GError **error) {
    Search *search = data;
    (void)context, (void)error;
    for (int i = 0; names[i]; i++)
        if (g_str_has_prefix(names[i], "xmlns:") &&
            strcmp(values[i], "http://ns.adobe.com/tiff/1.0/") == 0) {
            g_free(search->name);
            search->name = g_strconcat(names[i] + strlen("xmlns:"), ":Orientation", NULL);
        }
    for (int i = 0; search->name && names[i]; i++)
        if (strcmp(names[i], search->name) == 0)
            take(search, values[i]);
    search->is_inside = search->name && strcmp(element, search->name) == 0;
}

static void text(
    GMarkupParseContext *context, const gchar *text, gsize length, gpointer data,
    GError **error) {
    Search *search = data;
    (void)context, (void)length, (void)error;
    if (search->is_inside)
        take(search, text);
}

static void end_element(
    GMarkupParseContext *context, const gchar *element, gpointer data, GError **error) {
    (void)context, (void)element, (void)error;
    ((Search *)data)->is_inside = 0;
}

static int xmp_orientation(CVipsBytes xmp) {
    static const GMarkupParser parser = {start_element, end_element, text, NULL, NULL};
    Search search = {NULL, 0, 0};
    GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, &search, NULL);
    const char *packet = xmp.bytes;
    size_t count = xmp.count;
    // A byte order mark is no markup.
    if (count >= 3 && memcmp(packet, "\xEF\xBB\xBF", 3) == 0) {
        packet += 3;
        count -= 3;
    }
    g_markup_parse_context_parse(context, packet, (gssize)count, NULL);
    g_markup_parse_context_free(context);
    g_free(search.name);
    return search.orientation;
}

/// A text of ImageMagick's: a name, a length, then hexadecimal digits, in lines.
static GByteArray *unpacked(const char *text) {
    GByteArray *bytes = g_byte_array_new();
    const char *p = text;
    for (int words = 0; words < 2; words++) {
        p += strspn(p, " \n\r\t");
        p += strcspn(p, " \n\r\t");
    }
    int high = -1;
    for (; *p && bytes->len < longest_text; p++) {
        int digit = g_ascii_xdigit_value(*p);
        if (digit < 0)
            continue;
        guint8 byte = (guint8)(16 * VIPS_MAX(high, 0) + digit);
        if (high >= 0)
            g_byte_array_append(bytes, &byte, 1);
        high = high >= 0 ? -1 : digit;
    }
    return bytes;
}

/// Reads a PNG's text, where it is EXIF or XMP.
static void *look_at_text(VipsImage *image, const char *name, GValue *value, void *a) {
    int *found = a;
    const char *kind = strstr(name, "Raw profile type ");
    const char *text = NULL;
    if (!g_str_has_prefix(name, "png-comment-") || !kind || *found ||
        vips_image_get_string(image, name, &text))
        return NULL;
    (void)value;
    kind += strlen("Raw profile type ");
    GByteArray *bytes = unpacked(text);
    CVipsBytes block = {bytes->data, bytes->len};
    if (strcmp(kind, "exif") == 0 || strcmp(kind, "APP1") == 0)
        *found = cvips_exif_orientation(block);
    else if (strcmp(kind, "xmp") == 0)
        *found = xmp_orientation(block);
    g_byte_array_free(bytes, TRUE);
    return NULL;
}

static CVipsBytes block(VipsImage *image, const char *name) {
    CVipsBytes bytes = {NULL, 0};
    if (vips_image_get_typeof(image, name) &&
        vips_image_get_blob(image, name, &bytes.bytes, &bytes.count))
        vips_error_clear();
    return bytes;
}

void cvips_find_orientation(VipsImage *image) {
    int orientation = cvips_exif_orientation(block(image, VIPS_META_EXIF_NAME));
    if (!orientation)
        vips_image_map(image, look_at_text, &orientation);
    CVipsBytes xmp = block(image, VIPS_META_XMP_NAME);
    if (!orientation && xmp.count > 0)
        orientation = xmp_orientation(xmp);
    if (orientation)
        vips_image_set_int(image, VIPS_META_ORIENTATION, orientation);
}
