#include "Resample.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { bands = 3 };

/// Four numbers that are computed with at once.
typedef float Lanes __attribute__((vector_size(16)));

/// What a sample of the result is made of: `count` samples from `first` on.
typedef struct {
    int first;
    int count;
    const float *weights;
} Taps;

static double triangle(double x) {
    return x < 1 ? 1 - x : 0;
}

/// Keys, "Cubic convolution interpolation for digital image processing", 1981,
/// equation 15.
static double cubic(double x) {
    if (x < 1)
        return (1.5 * x - 2.5) * x * x + 1;
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/// Taps for `out` samples, each `step` samples of the input further on; the
/// first one's left edge lies at `start`. When scaling down, the filter is
/// widened by `step`, so that it averages what it steps over.
static Taps *make_taps(
    int in, int out, double start, double step, CVipsFilter filter, float **weights) {
    double widening = step > 1 ? step : 1;
    double support = (filter == CVIPS_CUBIC ? 2 : 1) * widening;
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
                filter == CVIPS_CUBIC ? cubic(distance) : triangle(distance);
            weight[x - first] = (float)value;
            sum += value;
        }
        for (int x = first; x < end; x++)
            weight[x - first] /= (float)sum;
        taps[i] = (Taps){first, end - first, weight};
    }
    return taps;
}

/// The rows that are needed now, as floats: `depth` of them, each made once.
typedef struct {
    float *values;
    size_t row;  // floats a row
    int depth;
    int end;  // of the rows that were made
} Rows;

static float *row_at(Rows *rows, int y) {
    return rows->values + (size_t)(y % rows->depth) * rows->row;
}

static void make_rows(Rows *rows, const CVipsPixels *in, int left, Taps taps) {
    int end = taps.first + taps.count;
    for (int y = rows->end > taps.first ? rows->end : taps.first; y < end; y++) {
        const uint8_t *from = in->samples + ((size_t)y * in->width + left) * bands;
        float *to = row_at(rows, y);
        for (size_t i = 0; i < rows->row; i++)
            to[i] = from[i];
    }
    rows->end = end;
}

static void add_rows(Rows *rows, Taps taps, float *restrict sums) {
    memset(sums, 0, rows->row * sizeof *sums);
    for (int k = 0; k < taps.count; k++) {
        const float *restrict row = row_at(rows, taps.first + k);
        float weight = taps.weights[k];
        for (size_t i = 0; i < rows->row; i++)
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
        Lanes color = {0};
        for (int k = 0; k < taps[x].count; k++, from += bands) {
            // Red, green, blue, and the next red, which is not used.
            Lanes next;
            memcpy(&next, from, sizeof next);
            color += taps[x].weights[k] * next;
        }
        for (int band = 0; band < bands; band++)
            out[bands * x + band] = rounded(color[band]);
    }
}

static int most_taps(const Taps *taps, int count) {
    int most = 0;
    for (int i = 0; i < count; i++)
        most = taps[i].count > most ? taps[i].count : most;
    return most;
}

static int resample(
    const CVipsPixels *in, const Taps *across, const Taps *down, int side, uint8_t *out) {
    int left = across[0].first;
    int right = across[side - 1].first + across[side - 1].count;
    Rows rows = {NULL, (size_t)(right - left) * bands, most_taps(down, side), 0};
    rows.values = malloc(rows.depth * rows.row * sizeof *rows.values);
    // One more than there are, since pixels are read four numbers at a time.
    float *sums = calloc(rows.row + 1, sizeof *sums);
    int failed = !rows.values || !sums;
    for (int y = 0; y < side && !failed; y++) {
        make_rows(&rows, in, left, down[y]);
        add_rows(&rows, down[y], sums);
        add_columns(sums, across, left, side, out + (size_t)y * side * bands);
    }
    free(rows.values);
    free(sums);
    return failed;
}

int cvips_resample(const CVipsPixels *in, const CVipsWindow *window, uint8_t *out) {
    int side = window->side;
    float *weights[2] = {NULL, NULL};
    Taps *across = make_taps(
        in->width, side, window->left, window->step_x, window->filter, &weights[0]);
    Taps *down = make_taps(
        in->height, side, window->top, window->step_y, window->filter, &weights[1]);
    int failed = !across || !down || resample(in, across, down, side, out);
    free(across);
    free(down);
    free(weights[0]);
    free(weights[1]);
    return failed ? -1 : 0;
}
