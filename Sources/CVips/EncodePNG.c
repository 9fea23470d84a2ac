#include "Pipeline.h"

int cvips_encode_png(
    const uint8_t *pixels, int width, int height, CVipsBytes *file, char **error) {
    size_t size = (size_t)width * height * 3;
    VipsImage *image =
        vips_image_new_from_memory(pixels, size, width, height, 3, VIPS_FORMAT_UCHAR);
    void *bytes = NULL;
    size_t count = 0;
    int failed = !image || vips_pngsave_buffer(image, &bytes, &count, "compression", 6, NULL);
    if (failed)
        *error = cvips_take_error();
    if (image)
        g_object_unref(image);
    file->bytes = bytes;
    file->count = count;
    return failed ? -1 : 0;
}
