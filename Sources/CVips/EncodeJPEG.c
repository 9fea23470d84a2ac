#include "CVips.h"
#include <stdio.h>

#include <jpeglib.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/// An encoder, and the memory that it writes into: libjpeg's own destination
/// loses sight of that when it cannot grow.
typedef struct {
    struct jpeg_compress_struct encoder;
    struct jpeg_error_mgr errors;
    struct jpeg_destination_mgr destination;
    jmp_buf escape;
    unsigned char *bytes;
    size_t capacity;
} Writer;

/// libjpeg leaves by a jump when it fails: there is no memory left.
static void fail(j_common_ptr encoder) {
    longjmp(((Writer *)encoder->client_data)->escape, 1);
}

static void ignore_message(j_common_ptr encoder) {
    (void)encoder;
}

/// Doubles the memory, all of which is filled.
static boolean grow(j_compress_ptr encoder) {
    Writer *writer = encoder->client_data;
    size_t filled = writer->capacity;
    size_t capacity = filled ? 2 * filled : 1 << 16;
    unsigned char *bytes = realloc(writer->bytes, capacity);
    if (!bytes)
        fail((j_common_ptr)encoder);
    writer->bytes = bytes;
    writer->capacity = capacity;
    writer->destination.next_output_byte = bytes + filled;
    writer->destination.free_in_buffer = capacity - filled;
    return TRUE;
}

static void begin(j_compress_ptr encoder) {
    grow(encoder);
}

static void end(j_compress_ptr encoder) {
    (void)encoder;
}

static void prepare(Writer *writer) {
    writer->encoder.err = jpeg_std_error(&writer->errors);
    writer->errors.error_exit = fail;
    writer->errors.output_message = ignore_message;
    writer->encoder.client_data = writer;
    writer->destination.init_destination = begin;
    writer->destination.empty_output_buffer = grow;
    writer->destination.term_destination = end;
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

/// The caller's `writer` is what it was after a jump, too: none of it is local here.
static int try_encoding(
    Writer *writer, const uint8_t *pixels, int width, int height, int quality) {
    if (setjmp(writer->escape))
        return -1;
    jpeg_create_compress(&writer->encoder);
    writer->encoder.dest = &writer->destination;
    encode(&writer->encoder, pixels, width, height, quality);
    return 0;
}

int cvips_encode_jpeg(
    const uint8_t *pixels, int width, int height, int quality, CVipsBytes *jpeg,
    char **error) {
    Writer writer;
    memset(&writer, 0, sizeof writer);
    prepare(&writer);
    int failed = try_encoding(&writer, pixels, width, height, quality);
    jpeg_destroy_compress(&writer.encoder);
    if (failed) {
        free(writer.bytes);
        *error = strdup("the JPEG library has no memory left");
        return -1;
    }
    jpeg->bytes = writer.bytes;
    jpeg->count = writer.capacity - writer.destination.free_in_buffer;
    return 0;
}
