#include "Pipeline.h"
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <setjmp.h>

// More scans than any camera or program writes make a small file decode for
// minutes.
enum { most_scans = 200 };

/// libjpeg leaves by a jump when it fails.
typedef struct {
    struct jpeg_error_mgr manager;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
} Failure;

static void fail(j_common_ptr decoder) {
    char text[JMSG_LENGTH_MAX];
    decoder->err->format_message(decoder, text);
    vips_error("jpeg", "%s", text);
    longjmp(((Failure *)decoder->err)->escape, 1);
}

/// What libjpeg can go on after is damage all the same.
static void count_warning(j_common_ptr decoder, int level) {
    if (level < 0)
        fail(decoder);
}

static void count_scans(j_common_ptr decoder) {
    if (((j_decompress_ptr)decoder)->input_scan_number > most_scans) {
        vips_error("jpeg", "more than %d scans", most_scans);
        longjmp(((Failure *)decoder->err)->escape, 1);
    }
}

static void start(j_decompress_ptr decoder, CVipsBytes data, int shrink) {
    jpeg_mem_src(decoder, data.bytes, data.count);
    jpeg_read_header(decoder, TRUE);
    decoder->scale_num = 1;
    decoder->scale_denom = (unsigned)shrink;
    decoder->out_color_space = JCS_RGB;
    jpeg_start_decompress(decoder);
}

int cvips_decode_jpeg(
    CVipsBytes data, int shrink, VipsImage *expected, CVipsTakeRow take, void *to) {
    struct jpeg_decompress_struct decoder;
    Failure failure;
    // Set once, before anything can jump.
    JSAMPROW const row = malloc(3 * ((size_t)expected->Xsize + 1));
    volatile int failed = !row;
    decoder.err = jpeg_std_error(&failure.manager);
    failure.manager.error_exit = fail;
    failure.manager.emit_message = count_warning;
    failure.progress.progress_monitor = count_scans;
    if (failed || setjmp(failure.escape)) {
        if (!failed)
            jpeg_destroy_decompress(&decoder);
        free(row);
        return -1;
    }
    jpeg_create_decompress(&decoder);
    decoder.progress = &failure.progress;
    start(&decoder, data, shrink);
    // Of sides that are no multiple of `shrink` libjpeg rounds the result up, libvips down.
    unsigned most = shrink > 1;
    failed = decoder.output_width - (unsigned)expected->Xsize > most ||
        decoder.output_height - (unsigned)expected->Ysize > most ||
        decoder.output_components != 3;
    if (failed)
        vips_error("jpeg", "%u x %u", decoder.output_width, decoder.output_height);
    while (!failed && decoder.output_scanline < decoder.output_height) {
        int y = (int)decoder.output_scanline;
        JSAMPROW rows[1] = {row};
        jpeg_read_scanlines(&decoder, rows, 1);
        failed = y < expected->Ysize && take(to, y, row);
    }
    if (!failed)
        jpeg_finish_decompress(&decoder);
    jpeg_destroy_decompress(&decoder);
    free(row);
    return failed ? -1 : 0;
}
