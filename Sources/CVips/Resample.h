#ifndef CVIPS_RESAMPLE_H
#define CVIPS_RESAMPLE_H

#include <stdint.h>

/// `[height, width, 3]`, interleaved.
typedef struct {
    const uint8_t *samples;
    int width;
    int height;
} CVipsPixels;

typedef enum {
    CVIPS_TRIANGLE,  // what Pillow calls bilinear
    CVIPS_CUBIC,     // sharper, of less aliasing
} CVipsFilter;

/// A square part of a scaled picture: `side` pixels a side, each `step` pixels
/// of the original wide, from `left` and `top` of the original on.
typedef struct {
    int side;
    double left;
    double top;
    double step_x;
    double step_y;
    CVipsFilter filter;
} CVipsWindow;

/// Scales, and computes only what the window shows: `[side, side, 3]`. Returns
/// -1 when there is no memory.
///
/// libvips scales as well, but in small pieces from thread to thread, and
/// enlarges by another way; this does what Pillow does.
int cvips_resample(const CVipsPixels *in, const CVipsWindow *window, uint8_t *out);

#endif
