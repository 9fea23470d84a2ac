#include "CVips.h"
#include <stdio.h>

#include <jpeglib.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/// libjpeg leaves by a jump when it fails: there is no memory left.
typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
} Failure;

static void fail(j_common_ptr encoder) {
    longjmp(((Failure *)encoder->err)->escape, 1);
}

static void ignore_message(j_common_ptr encoder) {
    (void)encoder;
}

static void encode(
    struct jpeg_compress_struct *encoder, const uint8_t *pixels, int width, int height,
    int quality) {
    encoder->image_width = (JDIMENSION)width;
    encoder->image_height = (JDIMENSION)height;
    encoder->input_components = 3;
    encoder->in_color_space = JCS_RGB;
    // The defaults halve the chroma both ways.
    jpeg_set_defaults(encoder);
    jpeg_set_quality(encoder, quality, TRUE);
    jpeg_start_compress(encoder, TRUE);
    while (encoder->next_scanline < encoder->image_height) {
        JSAMPROW row = (JSAMPROW)pixels + 3 * (size_t)width * encoder->next_scanline;
        jpeg_write_scanlines(encoder, &row, 1);
    }
    jpeg_finish_compress(encoder);
}

int cvips_encode_jpeg(
    const uint8_t *pixels, int width, int height, int quality, CVipsBytes *jpeg,
    char **error) {
    struct jpeg_compress_struct encoder;
    Failure failure;
    // Written by the library while it works, read after a jump.
    unsigned char *volatile bytes = NULL;
    volatile unsigned long count = 0;
    encoder.err = jpeg_std_error(&failure.manager);
    failure.manager.error_exit = fail;
    failure.manager.output_message = ignore_message;
    if (setjmp(failure.escape)) {
        jpeg_destroy_compress(&encoder);
        free(bytes);
        *error = strdup("the JPEG library has no memory left");
        return -1;
    }
    jpeg_create_compress(&encoder);
    jpeg_mem_dest(&encoder, (unsigned char **)&bytes, (unsigned long *)&count);
    encode(&encoder, pixels, width, height, quality);
    jpeg_destroy_compress(&encoder);
    jpeg->bytes = bytes;
    jpeg->count = count;
    return 0;
}
