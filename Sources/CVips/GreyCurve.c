#include "Pipeline.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

// The curve of a grey profile, read from the profile itself (ICC.1:2022, 8.3.4,
// 10.6 and 10.18): LittleCMS interpolates it between 33 points, which makes
// dark greys of gamma 1.8 0.4 of L* wrong.

typedef struct {
    const VipsPel *bytes;
    size_t count;
} Bytes;

static double number(Bytes in, size_t offset, int size) {
    uint32_t value = 0;
    for (int i = 0; i < size; i++)
        value = value << 8 | in.bytes[offset + i];
    return value;
}

/// A signed number of 16 bits before the point and 16 behind.
static double fixed(Bytes in, size_t offset) {
    return (int32_t)(uint32_t)number(in, offset, 4) / 65536.0;
}

static int is_at(Bytes in, size_t offset, const char *signature) {
    return in.count >= offset + 4 && memcmp(in.bytes + offset, signature, 4) == 0;
}

/// A tag's bytes; none where the profile lacks it or it passes the end.
static Bytes tag(Bytes profile, const char *signature) {
    Bytes none = {NULL, 0};
    if (profile.count < 132)
        return none;
    size_t tags = (size_t)number(profile, 128, 4);
    for (size_t i = 0; i < tags && 144 + 12 * i <= profile.count; i++) {
        size_t entry = 132 + 12 * i;
        if (!is_at(profile, entry, signature))
            continue;
        size_t offset = (size_t)number(profile, entry + 4, 4);
        size_t count = (size_t)number(profile, entry + 8, 4);
        if (offset > profile.count || count > profile.count - offset)
            return none;
        return (Bytes){profile.bytes + offset, count};
    }
    return none;
}

/// A curve of samples: none stand for a straight line, one for a gamma.
static double sampled(Bytes curve, double x) {
    size_t count = (size_t)number(curve, 8, 4);
    if (count == 0)
        return x;
    if (count == 1)
        return pow(x, number(curve, 12, 2) / 256);
    double place = x * (double)(count - 1);
    size_t left = VIPS_MIN((size_t)place, count - 2);
    double low = number(curve, 12 + 2 * left, 2), high = number(curve, 14 + 2 * left, 2);
    return (low + (high - low) * (place - (double)left)) / 65535;
}

/// A curve by formula, in the letters of ICC.1:2022, table 68.
static double parametric(Bytes curve, double x) {
    int kind = (int)number(curve, 8, 2);
    double p[7] = {1, 1, 0, 0, 0, 0, 0};  // g a b c d e f
    static const int counts[] = {1, 3, 4, 5, 7};
    for (int i = 0; i < counts[kind]; i++)
        p[i] = fixed(curve, 12 + 4 * (size_t)i);
    if (kind == 1 || kind == 2) {
        double constant = kind == 2 ? p[3] : 0;
        return (x >= -p[2] / p[1] ? pow(p[1] * x + p[2], p[0]) : 0) + constant;
    }
    if (kind >= 3 && x < p[4])
        return p[3] * x + p[6];
    return pow(p[1] * x + p[2], p[0]) + p[5];
}

static int is_whole(Bytes curve) {
    if (curve.count < 12)
        return 0;
    if (is_at(curve, 0, "curv"))
        return number(curve, 8, 4) <= (double)(curve.count - 12) / 2;
    static const size_t lengths[] = {16, 24, 28, 32, 40};
    int kind = (int)number(curve, 8, 2);
    return is_at(curve, 0, "para") && kind <= 4 && curve.count >= lengths[kind];
}

/// IEC 61966-2-1.
static double encoded(double y) {
    return y <= 0.0031308 ? 12.92 * y : 1.055 * pow(y, 1 / 2.4) - 0.055;
}

static double lightness(Bytes curve, double x) {
    return is_at(curve, 0, "curv") ? sampled(curve, x) : parametric(curve, x);
}

VipsImage *cvips_grey_table(VipsImage *image, int bits) {
    const void *profile = NULL;
    Bytes bytes = {NULL, 0};
    if (vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile, &bytes.count))
        return NULL;
    bytes.bytes = profile;
    Bytes curve = tag(bytes, "kTRC");
    // From black to white; LittleCMS does what is to be done about others.
    if (!is_at(bytes, 16, "GRAY") || !is_at(bytes, 20, "XYZ ") || tag(bytes, "A2B0").bytes ||
        !is_whole(curve) || !(fabs(lightness(curve, 0)) <= 1e-4) ||
        !(fabs(lightness(curve, 1) - 1) <= 1e-4))
        return NULL;
    int count = bits == 16 ? 65536 : 256;
    uint16_t *wide = malloc(sizeof *wide * (size_t)count);
    if (!wide)
        return NULL;
    VipsPel *narrow = (VipsPel *)wide;
    for (int i = 0; i < count; i++) {
        double y = lightness(curve, i / (count - 1.0));
        y = isfinite(y) ? VIPS_CLIP(0, y, 1) : 0;
        double value = (count - 1) * encoded(y) + 0.5;
        if (bits == 16)
            wide[i] = (uint16_t)value;
        else
            narrow[i] = (VipsPel)value;
    }
    size_t size = (size_t)count * (bits == 16 ? 2 : 1);
    VipsImage *table = vips_image_new_from_memory_copy(
        wide, size, count, 1, 1, bits == 16 ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR);
    free(wide);
    return table;
}
