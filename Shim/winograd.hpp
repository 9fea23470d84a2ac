// Convolutions 3 x 3 by fewer multiplications: Lavin and Gray, CVPR 2016, "Fast Algorithms for
// Convolutional Neural Networks", F(4 x 4, 3 x 3). A tile of 6 x 6 input pixels gives 4 x 4 output
// pixels with 36 multiplications a pair of channels where the sum has 144, and the 36 are matrix
// products. libtorch has none for training on a CPU.
//
// In one dimension: a tile d, a kernel g and an output y are polynomials, a product of polynomials
// is a product of their values, and the values are taken at 0, p, -p, r, -r and infinity. With
// p^2 = s = 1/2 and r^2 = t = 2 numbers of all sizes stay alike, and rounding is a third of that
// with 1 and 2. In two dimensions, rows first: y = A' [(G g G') * (B d B')] A, where * multiplies
// elements and sums over channels. Gradients: of d, the convolution of dy by the kernels turned
// round; dg = G' [(A dy A') * (B d B')] G, summed over tiles.
#pragma once

#include "shared.hpp"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <array>

namespace winograd {

constexpr int64_t tile = 6, step = 4, parts = tile * tile;
// A matrix product wants some hundred columns, and its operands should stay in the cache.
constexpr int64_t tilesAtOnce = 512;

using Six = std::array<float, 6>;
using Four = std::array<float, 4>;
using Three = std::array<float, 3>;

constexpr float s = 0.5f, t = 2, p = 0.70710678f, r = 1.41421356f;
// The products of a point's distances from the others.
constexpr float np = 2 * s * (s - t), nr = 2 * t * (t - s);

// Matrices [36, rows, columns]. A little apart, since 36 places that are a power of two apart share
// one line of the cache.
inline at::Tensor matrices(int64_t rows, int64_t columns, const at::TensorOptions &options) {
    const int64_t apart = rows * columns + 80;
    return at::empty({parts * apart}, options)
        .as_strided({parts, rows, columns}, {apart, columns, 1});
}

inline Six spread(const Six &d) { // B d
    const float pe = d[4] - t * d[2], po = p * (d[3] - t * d[1]);
    const float re = d[4] - s * d[2], ro = r * (d[3] - s * d[1]);
    return {s * t * d[0] - (s + t) * d[2] + d[4], pe + po, pe - po, re + ro, re - ro,
            d[5] - (s + t) * d[3] + s * t * d[1]};
}

inline Six spreadKernel(const Three &g) { // G g
    const float pe = g[0] + s * g[2], po = p * g[1], re = g[0] + t * g[2], ro = r * g[1];
    return {g[0] / (s * t), (pe + po) / np, (pe - po) / np, (re + ro) / nr, (re - ro) / nr, g[2]};
}

inline Four gather(const Six &m) { // A' m
    const float pe = m[1] + m[2], po = p * (m[1] - m[2]);
    const float re = m[3] + m[4], ro = r * (m[3] - m[4]);
    return {m[0] + pe + re, po + ro, s * pe + t * re, s * po + t * ro + m[5]};
}

inline Six spreadOutput(const Four &y) { // A y
    const float pe = y[0] + s * y[2], po = p * (y[1] + s * y[3]);
    const float re = y[0] + t * y[2], ro = r * (y[1] + t * y[3]);
    return {y[0], pe + po, pe - po, re + ro, re - ro, y[3]};
}

inline Three gatherKernel(const Six &u) { // G' u
    const float pe = (u[1] + u[2]) / np, po = p * (u[1] - u[2]) / np;
    const float re = (u[3] + u[4]) / nr, ro = r * (u[3] - u[4]) / nr;
    return {u[0] / (s * t) + pe + re, po + ro, s * pe + t * re + u[5]};
}

// Rows of tiles over a batch of planes [N, C, H, W], the images one below the other.
struct Grid {
    int64_t channels, height, width, rows, columns, allRows;

    explicit Grid(const at::Tensor &planes)
        : channels(planes.size(1)), height(planes.size(2)), width(planes.size(3)),
          rows((height + step - 1) / step), columns((width + step - 1) / step),
          allRows(planes.size(0) * rows) {}

    int64_t rowsAtOnce() const { return std::max<int64_t>(1, tilesAtOnce / columns); }

    // Where the plane begins that row `row` of tiles lies in.
    int64_t plane(int64_t row, int64_t channel) const {
        return (row / rows * channels + channel) * height * width;
    }
};

// Some rows of tiles, which are worked on together, as a matrix [36, C, tiles].
struct Rows {
    int64_t first, last, tiles;

    Rows(const Grid &grid, int64_t first)
        : first(first), last(std::min(first + grid.rowsAtOnce(), grid.allRows)),
          tiles((last - first) * grid.columns) {}

    template <typename Body>
    static void forEach(const Grid &grid, Body body) {
        for (int64_t first = 0; first < grid.allRows; first += grid.rowsAtOnce()) {
            body(Rows(grid, first));
        }
    }

    template <typename Body>
    void forEachLine(const Grid &grid, Body body) const {
        at::parallel_for(0, grid.channels, 1, [&](int64_t begin, int64_t end) {
            std::vector<float> lines(tile * step * (grid.columns + 1)), mixed(lines.size());
            for (int64_t channel = begin; channel < end; channel++) {
                for (int64_t row = first; row < last; row++) {
                    const int64_t place = channel * tiles + (row - first) * grid.columns;
                    body(row, channel, place, lines.data(), mixed.data());
                }
            }
        });
    }
};

// `count` lines of a plane from `top` on, `before` zeros at their left, zeros where there are none.
inline void readLines(const float *plane, const Grid &grid, int64_t top, int64_t count,
                      int64_t before, int64_t length, float *lines) {
    for (int64_t i = 0; i < count; i++, lines += length) {
        std::fill(lines, lines + length, 0.0f);
        if (top + i < 0 || top + i >= grid.height) continue;
        std::memcpy(lines + before, plane + (top + i) * grid.width, sizeof(float) * grid.width);
    }
}

// B d B' of the tiles in `rows`: [36, C, tiles].
inline at::Tensor transformInput(const at::Tensor &planes, const Grid &grid, const Rows &rows) {
    const auto result = matrices(grid.channels, rows.tiles, planes.options());
    const float *source = planes.data_ptr<float>();
    float *into = result.data_ptr<float>();
    const int64_t n = grid.columns, length = step * (n + 1), apart = result.stride(0);
    rows.forEachLine(grid, [=, &grid](int64_t row, int64_t channel, int64_t place, float *lines,
                                      float *mixed) {
        readLines(source + grid.plane(row, channel), grid, row % grid.rows * step - 1, tile, 1,
                  length, lines);
        // Columns a multiple of four apart come to lie side by side.
        for (int64_t phase = 0; phase < step; phase++) {
#pragma GCC ivdep
            for (int64_t x = 0; x <= n; x++) {
                const float *d = lines + step * x + phase;
                const auto b = spread({d[0], d[length], d[2 * length], d[3 * length],
                                       d[4 * length], d[5 * length]});
                for (int64_t i = 0; i < tile; i++) mixed[i * length + phase * (n + 1) + x] = b[i];
            }
        }
        for (int64_t i = 0; i < tile; i++) {
            const float *d = mixed + i * length;
            float *to = into + tile * i * apart + place;
#pragma GCC ivdep
            for (int64_t x = 0; x < n; x++) {
                const auto b = spread({d[x], d[n + 1 + x], d[2 * (n + 1) + x],
                                       d[3 * (n + 1) + x], d[x + 1], d[n + 2 + x]});
                for (int64_t j = 0; j < tile; j++) to[j * apart + x] = b[j];
            }
        }
    });
    return result;
}

// A dy A' of the tiles in `rows`: [36, C, tiles].
inline at::Tensor transformOutput(const at::Tensor &planes, const Grid &grid, const Rows &rows) {
    const auto result = matrices(grid.channels, rows.tiles, planes.options());
    const float *source = planes.data_ptr<float>();
    float *into = result.data_ptr<float>();
    const int64_t n = grid.columns, length = step * n, apart = result.stride(0);
    rows.forEachLine(grid, [=, &grid](int64_t row, int64_t channel, int64_t place, float *lines,
                                      float *mixed) {
        readLines(source + grid.plane(row, channel), grid, row % grid.rows * step, step, 0, length,
                  lines);
        for (int64_t phase = 0; phase < step; phase++) {
#pragma GCC ivdep
            for (int64_t x = 0; x < n; x++) {
                const float *y = lines + step * x + phase;
                const auto a = spreadOutput({y[0], y[length], y[2 * length], y[3 * length]});
                for (int64_t i = 0; i < tile; i++) mixed[i * length + phase * n + x] = a[i];
            }
        }
        for (int64_t i = 0; i < tile; i++) {
            const float *y = mixed + i * length;
            float *to = into + tile * i * apart + place;
#pragma GCC ivdep
            for (int64_t x = 0; x < n; x++) {
                const auto a = spreadOutput({y[x], y[n + x], y[2 * n + x], y[3 * n + x]});
                for (int64_t j = 0; j < tile; j++) to[j * apart + x] = a[j];
            }
        }
    });
    return result;
}

// A' m A of the tiles in `rows`, m [36, C, tiles], to the planes they make.
inline void gatherOutput(const at::Tensor &products, const Grid &grid, const Rows &rows, const float *bias,
                         at::Tensor &planes) {
    const float *from = products.data_ptr<float>();
    float *target = planes.data_ptr<float>();
    const int64_t n = grid.columns, apart = products.stride(0);
    rows.forEachLine(grid, [=, &grid](int64_t row, int64_t channel, int64_t place, float *lines,
                                      float *mixed) {
        const float addend = bias == nullptr ? 0 : bias[channel];
        for (int64_t j = 0; j < tile; j++) {
            const float *m = from + j * apart + place;
#pragma GCC ivdep
            for (int64_t x = 0; x < n; x++) {
                const auto y = gather({m[x], m[6 * apart + x], m[12 * apart + x],
                                       m[18 * apart + x], m[24 * apart + x], m[30 * apart + x]});
                for (int64_t i = 0; i < step; i++) mixed[(i * tile + j) * n + x] = y[i];
            }
        }
        float *plane = target + grid.plane(row, channel);
        const int64_t top = row % grid.rows * step;
        for (int64_t i = 0; i < step && top + i < grid.height; i++) {
            const float *m = mixed + i * tile * n;
#pragma GCC ivdep
            for (int64_t x = 0; x < n; x++) {
                const auto y =
                    gather({m[x], m[n + x], m[2 * n + x], m[3 * n + x], m[4 * n + x], m[5 * n + x]});
                for (int64_t j = 0; j < step; j++) lines[step * x + j] = y[j] + addend;
            }
            std::memcpy(plane + (top + i) * grid.width, lines, sizeof(float) * grid.width);
        }
    });
}

// G g G' of every kernel of [K, C, 3, 3]: [36, K, C], or of the kernels turned round [36, C, K].
inline at::Tensor transformKernels(const at::Tensor &weight, bool turned) {
    const int64_t outputs = weight.size(0), inputs = weight.size(1);
    const int64_t rows = turned ? inputs : outputs, columns = turned ? outputs : inputs;
    const auto result = matrices(rows, columns, weight.options());
    const float *source = weight.data_ptr<float>();
    float *target = result.data_ptr<float>();
    const int64_t apart = result.stride(0);
    at::parallel_for(0, rows, 1, [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; row++) {
            for (int64_t column = 0; column < columns; column++) {
                const float *g =
                    source + (turned ? column * inputs + row : row * inputs + column) * 9;
                const auto at = [&](int64_t i) { return g[turned ? 8 - i : i]; };
                std::array<Six, 3> mixed;
                for (int64_t x = 0; x < 3; x++) mixed[x] = spreadKernel({at(x), at(3 + x), at(6 + x)});
                float *to = target + row * columns + column;
                for (int64_t i = 0; i < tile; i++) {
                    const auto u = spreadKernel({mixed[0][i], mixed[1][i], mixed[2][i]});
                    for (int64_t j = 0; j < tile; j++) to[(tile * i + j) * apart] = u[j];
                }
            }
        }
    });
    return result;
}

// G' u G of every pair of channels, u [36, K, C]: the kernels' gradient [K, C, 3, 3].
inline at::Tensor gatherKernels(const at::Tensor &sums) {
    const int64_t outputs = sums.size(1), inputs = sums.size(2), pairs = outputs * inputs;
    const int64_t apart = sums.stride(0);
    auto result = at::empty({outputs, inputs, 3, 3}, sums.options());
    const float *source = sums.data_ptr<float>();
    float *target = result.data_ptr<float>();
    at::parallel_for(0, pairs, 4096, [&](int64_t begin, int64_t end) {
        for (int64_t pair = begin; pair < end; pair++) {
            std::array<Three, 6> mixed;
            for (int64_t j = 0; j < tile; j++) {
                const float *u = source + j * apart + pair;
                mixed[j] = gatherKernel({u[0], u[6 * apart], u[12 * apart], u[18 * apart],
                                         u[24 * apart], u[30 * apart]});
            }
            for (int64_t i = 0; i < 3; i++) {
                const auto g = gatherKernel({mixed[0][i], mixed[1][i], mixed[2][i], mixed[3][i],
                                             mixed[4][i], mixed[5][i]});
                for (int64_t j = 0; j < 3; j++) target[9 * pair + 3 * i + j] = g[j];
            }
        }
    });
    return result;
}

// The convolution of [N, C, H, W] by transformed kernels [36, K, C].
inline at::Tensor convolved(const at::Tensor &planes, const at::Tensor &kernels,
                            const float *bias) {
    const Grid grid(planes);
    auto result = at::empty({planes.size(0), kernels.size(1), grid.height, grid.width},
                            planes.options());
    const Grid made(result);
    Rows::forEach(grid, [&](const Rows &rows) {
        auto products = matrices(made.channels, rows.tiles, planes.options());
        at::bmm_out(products, kernels, transformInput(planes, grid, rows));
        gatherOutput(products, made, rows, bias, result);
    });
    return result;
}

// The gradient of the kernels, [K, C, 3, 3].
inline at::Tensor weightGradient(const at::Tensor &planes, const at::Tensor &gradient) {
    const Grid grid(planes), made(gradient);
    auto sums = matrices(made.channels, grid.channels, planes.options()).zero_();
    Rows::forEach(grid, [&](const Rows &rows) {
        const auto inputs = transformInput(planes, grid, rows);
        sums.baddbmm_(transformOutput(gradient, made, rows), inputs.transpose(1, 2));
    });
    return gatherKernels(sums);
}

struct Convolution : public torch::autograd::Function<Convolution> {
    static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &planes,
                              const at::Tensor &weight, const std::optional<at::Tensor> &bias) {
        const auto x = planes.contiguous(), w = weight.contiguous();
        context->save_for_backward({x, w});
        return convolved(x, transformKernels(w, false),
                         bias ? bias->contiguous().data_ptr<float>() : nullptr);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                   torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto y = gradients[0].contiguous();
        at::Tensor x, w, b;
        if (context->needs_input_grad(0)) {
            x = convolved(y, transformKernels(saved[1], true), nullptr);
        }
        if (context->needs_input_grad(1)) w = weightGradient(saved[0], y);
        if (context->needs_input_grad(2)) b = y.sum({0, 2, 3});
        return {x, w, b};
    }
};

// Whether it pays for this convolution: in training, of many channels and pixels. With 256 channels
// on either side the transforms cost what the products save.
inline bool suits(const at::Tensor &planes, const at::Tensor &weight, int64_t stride,
                  int64_t padding, int64_t groups) {
    return c10::GradMode::is_enabled() && weight.requires_grad() && stride == 1 && padding == 1 &&
           groups == 1 && planes.is_cpu() && planes.scalar_type() == at::kFloat &&
           weight.scalar_type() == at::kFloat && planes.dim() == 4 && weight.dim() == 4 &&
           weight.size(2) == 3 && weight.size(3) == 3 && weight.size(1) == planes.size(1) &&
           weight.size(0) >= 256 && weight.size(1) >= 256 &&
           weight.size(0) * weight.size(1) > 256 * 256 &&
           planes.size(0) * planes.size(2) * planes.size(3) >= tilesAtOnce * step * step;
}

} // namespace winograd
