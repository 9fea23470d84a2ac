#include "Pipeline.h"
#include <stdio.h>
#include <string.h>

void cvips_digest(const void *bytes, size_t count, char digest[33]) {
    gchar *text = g_compute_checksum_for_data(G_CHECKSUM_MD5, bytes, count);
    gchar *upper = g_ascii_strup(text, -1);
    memcpy(digest, upper, 33);
    g_free(upper);
    g_free(text);
}

typedef struct {
    const char *keyword;
    char *text;
} Search;

/// libvips calls texts "png-comment-0-Author", in the order of the file.
static void *find_text(VipsImage *image, const char *name, GValue *value, void *a) {
    Search *search = a;
    int number = 0, length = 0;
    const char *text = NULL;
    (void)value;
    if (sscanf(name, "png-comment-%d-%n", &number, &length) < 1 || !length ||
        strcmp(name + length, search->keyword) || vips_image_get_string(image, name, &text))
        return NULL;
    search->text = g_strdup(text);
    return image;
}

char *cvips_png_text(const char *path, const char *keyword) {
    CVipsFile file = {path, {NULL, 0}, CVIPS_PNG};
    Search search = {keyword, NULL};
    const CVipsLoad load = {VIPS_ACCESS_SEQUENTIAL, VIPS_FAIL_ON_TRUNCATED, 1};
    VipsImage *image = cvips_load(&file, &load, NULL);
    if (image) {
        vips_image_map(image, find_text, &search);
        g_object_unref(image);
    }
    vips_error_clear();
    return search.text;
}
