#include "Profiles.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Three curves and a matrix (ICC.1:2022, F.3), as most RGB profiles are: LittleCMS takes 170 ns a
// pixel where it does not round in between; tables of all 8-bit samples take a tenth of that.

// Steps of light, so fine that in the darks a level of 8 bits has eighty.
enum { steps = 1 << 18 };

struct CVipsMatrix {
    float light[3][256];
    float factors[3][3];  // from the profile's light to sRGB's
};

static uint8_t codes[steps];

/// IEC 61966-2-1.
static void make_codes(void) {
    for (int i = 0; i < steps; i++) {
        double light = i / (steps - 1.0);
        double code =
            light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055;
        codes[i] = (uint8_t)(255 * code + 0.5);
    }
}

/// The columns are the primaries, as XYZ for D50.
static int read_primaries(cmsHPROFILE profile, double matrix[3][3]) {
    static const cmsTagSignature tags[] = {
        cmsSigRedColorantTag, cmsSigGreenColorantTag, cmsSigBlueColorantTag};
    for (int i = 0; i < 3; i++) {
        const cmsCIEXYZ *place = cmsReadTag(profile, tags[i]);
        if (!place)
            return -1;
        matrix[0][i] = place->X;
        matrix[1][i] = place->Y;
        matrix[2][i] = place->Z;
    }
    return 0;
}

static int invert(const double m[3][3], double inverse[3][3]) {
    double determinant = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            int a = (i + 1) % 3, b = (i + 2) % 3, c = (j + 1) % 3, d = (j + 2) % 3;
            inverse[j][i] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
            determinant += i == 0 ? m[0][j] * inverse[j][i] : 0;
        }
    for (int i = 0; i < 9; i++)
        inverse[i / 3][i % 3] /= determinant;
    return fabs(determinant) > 1e-9 ? 0 : -1;
}

static int read_factors(cmsHPROFILE profile, struct CVipsMatrix *matrix) {
    double from[3][3], srgb[3][3], to[3][3];
    cmsHPROFILE target = cmsCreate_sRGBProfile();
    int failed = !target || read_primaries(profile, from) || read_primaries(target, srgb) ||
        invert((const double(*)[3])srgb, to);
    for (int i = 0; i < 3 && !failed; i++)
        for (int j = 0; j < 3; j++)
            matrix->factors[i][j] = (float)(to[i][0] * from[0][j] + to[i][1] * from[1][j] +
                                            to[i][2] * from[2][j]);
    if (target)
        cmsCloseProfile(target);
    return failed;
}

/// Curves from black to white; what is to be done about others LittleCMS knows.
static int read_curves(cmsHPROFILE profile, struct CVipsMatrix *matrix) {
    static const cmsTagSignature tags[] = {
        cmsSigRedTRCTag, cmsSigGreenTRCTag, cmsSigBlueTRCTag};
    for (int band = 0; band < 3; band++) {
        const cmsToneCurve *curve = cmsReadTag(profile, tags[band]);
        float *light = matrix->light[band];
        if (!curve)
            return -1;
        for (int i = 0; i < 256; i++)
            light[i] = cmsEvalToneCurveFloat(curve, (cmsFloat32Number)(i / 255.0));
        if (!(fabsf(light[0]) <= 1e-4f) || !(fabsf(light[255] - 1) <= 1e-4f))
            return -1;
    }
    return 0;
}

CVipsMatrix *cvips_matrix(CVipsBytes bytes) {
    static GOnce once = G_ONCE_INIT;
    g_once(&once, (GThreadFunc)(void (*)(void))make_codes, NULL);
    CVipsMatrix *matrix = calloc(1, sizeof *matrix);
    cmsHPROFILE profile = cmsOpenProfileFromMem(bytes.bytes, (cmsUInt32Number)bytes.count);
    int failed = !matrix || !profile || cmsGetColorSpace(profile) != cmsSigRgbData ||
        cmsGetPCS(profile) != cmsSigXYZData || cvips_has_tables(profile) ||
        read_factors(profile, matrix) || read_curves(profile, matrix);
    if (profile)
        cmsCloseProfile(profile);
    if (!failed)
        return matrix;
    free(matrix);
    return NULL;
}

/// NaN becomes black.
static uint8_t encoded(float light) {
    return light >= 1 ? 255 : light > 0 ? codes[(int)(light * (steps - 1) + 0.5f)] : 0;
}

void cvips_apply_matrix(const CVipsMatrix *matrix, const uint8_t *in, uint8_t *out, int count) {
    for (int i = 0; i < count; i++, in += 3, out += 3) {
        float red = matrix->light[0][in[0]], green = matrix->light[1][in[1]],
              blue = matrix->light[2][in[2]];
        for (int band = 0; band < 3; band++) {
            const float *factors = matrix->factors[band];
            out[band] = encoded(factors[0] * red + factors[1] * green + factors[2] * blue);
        }
    }
}
