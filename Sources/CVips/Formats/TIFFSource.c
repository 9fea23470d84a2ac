#include "TIFF.h"

// libtiff's own way to files, over a source of libvips.

static tmsize_t read_bytes(thandle_t source, void *bytes, tmsize_t count) {
    tmsize_t done = 0;
    while (done < count) {
        gint64 part =
            vips_source_read((VipsSource *)source, (VipsPel *)bytes + done, (size_t)(count - done));
        if (part < 0)
            return -1;
        if (part == 0)
            break;
        done += part;
    }
    return done;
}

static tmsize_t write_bytes(thandle_t source, void *bytes, tmsize_t count) {
    (void)source, (void)bytes, (void)count;
    return -1;
}

static toff_t seek(thandle_t source, toff_t offset, int whence) {
    return (toff_t)vips_source_seek((VipsSource *)source, (gint64)offset, whence);
}

static int close_source(thandle_t source) {
    (void)source;
    return 0;
}

static toff_t size(thandle_t source) {
    return (toff_t)vips_source_length((VipsSource *)source);
}

TIFF *cvips_tiff_open(VipsSource *source) {
    if (vips_source_rewind(source))
        return NULL;
    return TIFFClientOpen(
        "tiff", "rm", (thandle_t)source, read_bytes, write_bytes, seek, close_source, size, NULL,
        NULL);
}
