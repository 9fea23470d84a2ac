#include "Resample.h"
#include <math.h>
#include <stdlib.h>

enum { bands = 3 };

/// What a sample of the result is made of: `count` samples from `first` on.
typedef struct {
    int first;
    int count;
    const float *weights;
} Taps;

static double triangle(double x) {
    return x < 1 ? 1 - x : 0;
}

static double sinc(double x) {
    return x == 0 ? 1 : sin(M_PI * x) / (M_PI * x);
}

/// sinc x windowed by sinc x / 3 (Duchon, "Lanczos filtering in one and two
/// dimensions", 1979).
static double lanczos(double x) {
    return x < 3 ? sinc(x) * sinc(x / 3) : 0;
}

/// Taps for `out` samples, each `step` samples of the input further on; the
/// first one's left edge lies at `start`. When scaling down, the filter is
/// widened by `step`, so that it averages what it steps over.
static Taps *make_taps(
    int in, int out, double start, double step, CVipsFilter filter, float **weights) {
    double widening = step > 1 ? step : 1;
    double support = (filter == CVIPS_LANCZOS ? 3 : 1) * widening;
    int most = (int)ceil(2 * support) + 2;
    Taps *taps = malloc((size_t)out * sizeof *taps);
    float *weight = *weights = malloc((size_t)out * most * sizeof *weight);
    if (!taps || !weight) {
        free(taps);
        return NULL;
    }
    for (int i = 0; i < out; i++, weight += most) {
        double center = start + (i + 0.5) * step;
        int first = (int)fmax(center - support + 0.5, 0);
        int end = (int)fmin(center + support + 0.5, in);
        double sum = 0;
        for (int x = first; x < end; x++) {
            double distance = fabs(x + 0.5 - center) / widening;
            double value =
                filter == CVIPS_LANCZOS ? lanczos(distance) : triangle(distance);
            weight[x - first] = (float)value;
            sum += value;
        }
        for (int x = first; x < end; x++)
            weight[x - first] /= (float)sum;
        taps[i] = (Taps){first, end - first, weight};
    }
    return taps;
}

/// The weighted sum of rows, from column `left` on.
static void add_rows(const CVipsPixels *in, Taps taps, int left, int right, float *sums) {
    int count = (right - left) * bands;
    for (int i = 0; i < count; i++)
        sums[i] = 0;
    for (int k = 0; k < taps.count; k++) {
        const uint8_t *row =
            in->samples + (size_t)(taps.first + k) * in->width * bands + left * bands;
        float weight = taps.weights[k];
        for (int i = 0; i < count; i++)
            sums[i] += weight * row[i];
    }
}

static uint8_t rounded(float value) {
    return value <= 0 ? 0 : value >= 255 ? 255 : (uint8_t)(value + 0.5f);
}

static void add_columns(
    const float *sums, const Taps *taps, int left, int side, uint8_t *out) {
    for (int x = 0; x < side; x++) {
        const float *from = sums + (taps[x].first - left) * bands;
        float red = 0, green = 0, blue = 0;
        for (int k = 0; k < taps[x].count; k++, from += bands) {
            red += taps[x].weights[k] * from[0];
            green += taps[x].weights[k] * from[1];
            blue += taps[x].weights[k] * from[2];
        }
        out[bands * x] = rounded(red);
        out[bands * x + 1] = rounded(green);
        out[bands * x + 2] = rounded(blue);
    }
}

int cvips_resample(const CVipsPixels *in, const CVipsWindow *window, uint8_t *out) {
    int side = window->side;
    float *weights[2] = {NULL, NULL};
    Taps *across = make_taps(
        in->width, side, window->left, window->step_x, window->filter, &weights[0]);
    Taps *down = make_taps(
        in->height, side, window->top, window->step_y, window->filter, &weights[1]);
    float *sums = malloc((size_t)in->width * bands * sizeof *sums);
    int failed = !across || !down || !sums;
    if (!failed) {
        int left = across[0].first;
        int right = across[side - 1].first + across[side - 1].count;
        for (int y = 0; y < side; y++) {
            add_rows(in, down[y], left, right, sums);
            add_columns(sums, across, left, side, out + (size_t)y * side * bands);
        }
    }
    free(across);
    free(down);
    free(sums);
    free(weights[0]);
    free(weights[1]);
    return failed ? -1 : 0;
}
