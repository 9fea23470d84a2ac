#include "Formats.h"
#include "../Profiles.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

// More stand before the pixels of no file that means well.
enum { most_chunks = 10000 };

/// Chunks before the pixels that tell of colours, and of an animation's frames.
typedef struct {
    VipsPel cicp[4];  // primaries, transfer, matrix, range
    int has_cicp;
    int has_srgb;
    double gamma;      // gAMA: what light was raised to; 0 for none
    double places[8];  // cHRM: x and y of white, red, green, blue; white's x 0 for none
    int frames;        // of acTL
} Facts;

/// A set of primaries (ITU-T H.273, table 2): white, red, green, blue.
typedef struct {
    int number;
    double places[8];
} Primaries;

static const Primaries known_primaries[] = {
    {1, {0.3127, 0.3290, 0.640, 0.330, 0.300, 0.600, 0.150, 0.060}},
    {4, {0.3100, 0.3160, 0.670, 0.330, 0.210, 0.710, 0.140, 0.080}},
    {5, {0.3127, 0.3290, 0.640, 0.330, 0.290, 0.600, 0.150, 0.060}},
    {6, {0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070}},
    {7, {0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070}},
    {8, {0.3100, 0.3160, 0.681, 0.319, 0.243, 0.692, 0.145, 0.049}},
    {9, {0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046}},
    {11, {0.3140, 0.3510, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060}},
    {12, {0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060}},
    {22, {0.3127, 0.3290, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077}},
};

static void read_chunk(Facts *facts, const char *type, const VipsPel *data, size_t count) {
    if (memcmp(type, "cICP", 4) == 0 && count == 4) {
        memcpy(facts->cicp, data, 4);
        facts->has_cicp = 1;
    } else if (memcmp(type, "sRGB", 4) == 0) {
        facts->has_srgb = 1;
    } else if (memcmp(type, "gAMA", 4) == 0 && count == 4) {
        facts->gamma = (double)cvips_number(data, 4) / 100000;
    } else if (memcmp(type, "cHRM", 4) == 0 && count == 32) {
        for (int i = 0; i < 8; i++)
            facts->places[i] = (double)cvips_number(data + 4 * i, 4) / 100000;
    } else if (memcmp(type, "acTL", 4) == 0 && count == 8) {
        facts->frames = (int)VIPS_MIN(cvips_number(data, 4), G_MAXINT);
    }
}

static void read_facts(VipsSource *source, Facts *facts) {
    VipsPel head[8], data[32];
    int64_t offset = 8;
    int chunks = 0;
    memset(facts, 0, sizeof *facts);
    while (chunks++ < most_chunks &&
           cvips_read_at(source, offset, head, sizeof head) == sizeof head &&
           memcmp(head + 4, "IDAT", 4) != 0) {
        size_t count = (size_t)cvips_number(head, 4);
        if (count <= sizeof data && cvips_read_at(source, offset + 8, data, count) == count)
            read_chunk(facts, (const char *)head + 4, data, count);
        offset += 12 + (int64_t)count;
    }
}

static const double *srgb_places(void) {
    return known_primaries[0].places;
}

/// Whether these are within what five decimals can say of sRGB's.
static int are_srgb(const double *places) {
    for (int i = 0; i < 8; i++)
        if (fabs(places[i] - srgb_places()[i]) > 0.0015)
            return 0;
    return 1;
}

static const double *primaries(int number) {
    for (size_t i = 0; i < G_N_ELEMENTS(known_primaries); i++)
        if (known_primaries[i].number == number)
            return known_primaries[i].places;
    return NULL;
}

/// sRGB's curve, IEC 61966-2-1, in the form of ICC.1:2022, table 68, kind 3.
static cmsToneCurve *srgb_curve(void) {
    const double values[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    return cmsBuildParametricToneCurve(NULL, 4, values);
}

/// What turns samples into light, by ITU-T H.273, table 3; null for what is not known here.
static cmsToneCurve *curve(int transfer) {
    const double television[] = {1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081};
    switch (transfer) {
    case 1:
    case 6:
    case 14:
    case 15:
        return cmsBuildParametricToneCurve(NULL, 4, television);
    case 4:
        return cmsBuildGamma(NULL, 2.2);
    case 5:
        return cmsBuildGamma(NULL, 2.8);
    case 8:
        return cmsBuildGamma(NULL, 1);
    case 13:
        return srgb_curve();
    default:
        return NULL;
    }
}

/// Gives the image a profile of these primaries and this curve, which is taken over.
static void set_profile(VipsImage *image, const double *places, cmsToneCurve *curve) {
    cmsCIExyY white = {places[0], places[1], 1};
    cmsCIExyYTRIPLE colours = {
        {places[2], places[3], 1}, {places[4], places[5], 1}, {places[6], places[7], 1}};
    cmsToneCurve *curves[3] = {curve, curve, curve};
    cmsUInt32Number count = 0;
    cmsHPROFILE profile = image->Bands <= 2 ? cmsCreateGrayProfile(cmsD50_xyY(), curve)
                                            : cmsCreateRGBProfile(&white, &colours, curves);
    void *bytes = profile && cmsSaveProfileToMem(profile, NULL, &count) ? malloc(count) : NULL;
    if (bytes && cmsSaveProfileToMem(profile, bytes, &count))
        vips_image_set_blob_copy(image, VIPS_META_ICC_NAME, bytes, count);
    free(bytes);
    if (profile)
        cmsCloseProfile(profile);
    cmsFreeToneCurve(curve);
}

/// Colours by their numbers. Returns whether they are known; `*refusal` where they are for
/// another kind of screen.
static int set_by_numbers(VipsImage *image, const Facts *facts, char **refusal) {
    const double *places = primaries(facts->cicp[0]);
    int transfer = facts->cicp[1];
    if (transfer == 16 || transfer == 18)
        *refusal = g_strdup(
            "its colours are HDR (PQ or HLG), which are not read; save it for SDR, as sRGB");
    else if (facts->cicp[2] != 0 || facts->cicp[3] != 1)
        *refusal = g_strdup("its samples are not RGB of full range; save it as sRGB");
    cmsToneCurve *tones = *refusal || !places ? NULL : curve(transfer);
    if (!tones)
        return *refusal != NULL;
    if (are_srgb(places) && transfer == 13) {
        vips_image_remove(image, VIPS_META_ICC_NAME);
        cmsFreeToneCurve(tones);
    } else {
        set_profile(image, places, tones);
    }
    return 1;
}

/// gAMA of 1 / 2.2 beside sRGB's primaries is how programs say sRGB to readers that do not know
/// its chunk, and what the standard has them write; 2.2 alone is 1.4 of L* off it in the darks.
static int means_srgb(const Facts *facts, const double *places) {
    return are_srgb(places) && (facts->gamma == 0 || fabs(facts->gamma - 0.45455) < 0.0001);
}

static void set_by_gamma(VipsImage *image, const Facts *facts) {
    // White without a place, or a curve that no picture has, is damage.
    const double *places = facts->places[1] > 0 ? facts->places : srgb_places();
    int has_gamma = facts->gamma >= 0.1 && facts->gamma <= 10;
    if ((facts->gamma > 0 && !has_gamma) || means_srgb(facts, places))
        return;
    set_profile(image, places, has_gamma ? cmsBuildGamma(NULL, 1 / facts->gamma) : srgb_curve());
}

char *cvips_describe_png(VipsSource *source, VipsImage *image) {
    Facts facts;
    char *refusal = NULL;
    read_facts(source, &facts);
    if (facts.frames > 1)
        vips_image_set_int(image, "autochrome-frames", facts.frames);
    if (facts.has_cicp && set_by_numbers(image, &facts, &refusal))
        return refusal;
    if (!vips_image_get_typeof(image, VIPS_META_ICC_NAME) && !facts.has_srgb)
        set_by_gamma(image, &facts);
    return NULL;
}
