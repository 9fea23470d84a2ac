#include "Formats.h"

// ITU-T T.81, table B.1, and T.87.
enum {
    sof0 = 0xC0,
    dht = 0xC4,
    jpg = 0xC8,
    dac = 0xCC,
    sof15 = 0xCF,
    sof_ls = 0xF7,
    sos = 0xDA,
};

// Segments, and bytes that fill, before the picture; more are left to the decoder.
enum { most_steps = 10000 };

static char *refusal(int marker, int bits) {
    if (marker == sof_ls)
        return g_strdup("a JPEG-LS file; save it as a TIFF or PNG");
    // Of each four, the last is lossless; from 0xC5 on they are of several sizes.
    if (marker % 4 == 3)
        return g_strdup(
            "a lossless JPEG, which is not read; save it as a TIFF or PNG of 16 bits");
    if ((marker & 7) > 4)
        return g_strdup("a hierarchical JPEG, which is not read; save it as a TIFF or PNG");
    if (bits != 8)
        return g_strdup_printf(
            "a JPEG of %d bits, which is not read; save it as a TIFF or PNG of 16 bits", bits);
    return NULL;
}

char *cvips_jpeg_refusal(VipsSource *source) {
    VipsPel head[5];
    int64_t offset = 2;
    for (int step = 0; step < most_steps; step++) {
        if (cvips_read_at(source, offset, head, sizeof head) < sizeof head || head[0] != 0xFF)
            return NULL;
        int marker = head[1];
        int is_frame = marker == sof_ls ||
            (marker >= sof0 && marker <= sof15 && marker != dht && marker != jpg &&
             marker != dac);
        if (is_frame)
            return refusal(marker, head[4]);
        if (marker == sos)
            return NULL;
        // Any number of 0xFF may stand before a marker.
        offset += marker == 0xFF ? 1 : 2 + (int64_t)cvips_number(head + 2, 2);
    }
    return NULL;
}
