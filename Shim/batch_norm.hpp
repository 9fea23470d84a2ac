// Batch normalization with the activation behind it, in training on a CPU, of planes whose channels
// lie side by side in memory: two passes forward and two backward, where libtorch takes some ten.
//
// y = act(w x^ + b), x^ = (x - m) / s, with m and s^2 - epsilon the mean and variance of a channel over
// n values. With g the gradient of y where the activation passes it, and 0 elsewhere: the gradient of
// b is sum g, of w sum g x^, of x (w / s) (g - mean g - x^ mean(g x^)) (Ioffe and Szegedy, 2015).
#pragma once

#include "shared.hpp"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cstring>
#include <limits>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
// The loops below are compiled once for each of these, and the processor's best is taken.
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

namespace batch_norm {

// bfloat16 is the upper half of a float.
inline float widened(uint16_t value) {
    const uint32_t bits = static_cast<uint32_t>(value) << 16;
    float result;
    std::memcpy(&result, &bits, sizeof result);
    return result;
}
inline float widened(float value) { return value; }

// Rounded to nearest, ties to even; what is no number stays none.
inline void narrow(float value, uint16_t &to) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const uint32_t rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
    to = static_cast<uint16_t>(value == value ? rounded : (bits >> 16) | 1);
}
inline void narrow(float value, float &to) { to = value; }

// Rows of channels: of a sum over many, parts of this length are added up in float.
constexpr int64_t rowsAtOnce = 64;

// Adds sum d and sum d^2 of each channel over rows to `sums`, [2, C], d being the difference from
// `origin`: near the mean, so that the difference of squares keeps its digits.
template <typename T>
inline __attribute__((always_inline)) void addMoments(const T *x, int64_t rows, int64_t channels,
                                                      const float *origin, double *sums,
                                                      float *part) {
    for (int64_t first = 0; first < rows; first += rowsAtOnce) {
        std::fill(part, part + 2 * channels, 0.0f);
        const int64_t end = std::min(rows, first + rowsAtOnce);
        for (int64_t row = first; row < end; row++) {
            const T *from = x + row * channels;
            for (int64_t c = 0; c < channels; c++) {
                const float value = widened(from[c]) - origin[c];
                part[c] += value;
                part[channels + c] += value * value;
            }
        }
        for (int64_t c = 0; c < 2 * channels; c++) sums[c] += part[c];
    }
}

// y = min(max(factor x + addend, low), high)
template <typename T>
inline __attribute__((always_inline)) void normalize(const T *x, int64_t rows, int64_t channels,
                                                     const float *factor, const float *addend,
                                                     float low, float high, T *y) {
    for (int64_t row = 0; row < rows; row++) {
        const T *from = x + row * channels;
        T *to = y + row * channels;
        for (int64_t c = 0; c < channels; c++) {
            const float value = factor[c] * widened(from[c]) + addend[c];
            narrow(std::min(std::max(value, low), high), to[c]);
        }
    }
}

// Adds sum g and sum g x^ of each channel to `sums`, [2, C]; x^ = x scale + shift.
template <typename T>
inline __attribute__((always_inline)) void
addGradients(const T *x, const T *y, const T *g, int64_t rows, int64_t channels,
             const float *scale, const float *shift, float low, float high, double *sums,
             float *part) {
    for (int64_t first = 0; first < rows; first += rowsAtOnce) {
        std::fill(part, part + 2 * channels, 0.0f);
        const int64_t end = std::min(rows, first + rowsAtOnce);
        for (int64_t row = first; row < end; row++) {
            const int64_t at = row * channels;
            for (int64_t c = 0; c < channels; c++) {
                const float out = widened(y[at + c]);
                const float given = widened(g[at + c]);
                const float passed = (out > low) & (out < high) ? given : 0.0f;
                part[c] += passed;
                part[channels + c] += passed * (widened(x[at + c]) * scale[c] + shift[c]);
            }
        }
        for (int64_t c = 0; c < 2 * channels; c++) sums[c] += part[c];
    }
}

// The gradient of x: factor (g - meanG - x^ meanGX).
template <typename T>
inline __attribute__((always_inline)) void
inputGradient(const T *x, const T *y, const T *g, int64_t rows, int64_t channels,
              const float *scale, const float *shift, const float *factor, const float *meanG,
              const float *meanGX, float low, float high, T *to) {
    for (int64_t row = 0; row < rows; row++) {
        const int64_t at = row * channels;
        for (int64_t c = 0; c < channels; c++) {
            const float out = widened(y[at + c]);
            const float given = widened(g[at + c]);
            const float passed = (out > low) & (out < high) ? given : 0.0f;
            const float standard = widened(x[at + c]) * scale[c] + shift[c];
            narrow(factor[c] * (passed - meanG[c] - standard * meanGX[c]), to[at + c]);
        }
    }
}

// Templates cannot be cloned for processors, so each has two functions that can.
#define OF_EACH_TYPE(name, parameters, arguments)                                                 \
    FOR_EACH_PROCESSOR inline void name##Of parameters(float) { name arguments; }                 \
    FOR_EACH_PROCESSOR inline void name##Of parameters(uint16_t) { name arguments; }
#define MOMENTS(T)                                                                                \
    (const T *x, int64_t rows, int64_t channels, const float *origin, double *sums, float *part)
OF_EACH_TYPE(addMoments, MOMENTS, (x, rows, channels, origin, sums, part))
#define NORMALIZE(T)                                                                              \
    (const T *x, int64_t rows, int64_t channels, const float *factor, const float *addend,        \
     float low, float high, T *y)
OF_EACH_TYPE(normalize, NORMALIZE, (x, rows, channels, factor, addend, low, high, y))
#define GRADIENTS(T)                                                                              \
    (const T *x, const T *y, const T *g, int64_t rows, int64_t channels, const float *scale,      \
     const float *shift, float low, float high, double *sums, float *part)
OF_EACH_TYPE(addGradients, GRADIENTS,
             (x, y, g, rows, channels, scale, shift, low, high, sums, part))
#define INPUT(T)                                                                                  \
    (const T *x, const T *y, const T *g, int64_t rows, int64_t channels, const float *scale,      \
     const float *shift, const float *factor, const float *meanG, const float *meanGX, float low, \
     float high, T *to)
OF_EACH_TYPE(inputGradient, INPUT,
             (x, y, g, rows, channels, scale, shift, factor, meanG, meanGX, low, high, to))
#undef MOMENTS
#undef NORMALIZE
#undef GRADIENTS
#undef INPUT
#undef OF_EACH_TYPE

// Parts of the rows, one a thread; few, since each has sums of its own.
template <typename Body> inline void forParts(int64_t rows, Body body) {
    const int64_t parts = std::max<int64_t>(
        1, std::min<int64_t>(at::get_num_threads(), rows / rowsAtOnce));
    const int64_t length = (rows + parts - 1) / parts;
    at::parallel_for(0, parts, 1, [&](int64_t begin, int64_t end) {
        for (int64_t part = begin; part < end; part++) {
            const int64_t first = std::min(rows, part * length);
            body(first, std::min(rows, first + length) - first, part);
        }
    });
}

// The sums that `body` adds for each part, added up in the order of parts: [2, C].
template <typename Body>
inline std::vector<double> summed(int64_t rows, int64_t channels, Body body) {
    const int64_t most = std::max<int64_t>(1, at::get_num_threads());
    std::vector<double> sums(static_cast<size_t>(most * 2 * channels), 0.0);
    forParts(rows, [&](int64_t first, int64_t count, int64_t part) {
        std::vector<float> space(static_cast<size_t>(2 * channels));
        body(first * channels, count, sums.data() + part * 2 * channels, space.data());
    });
    for (int64_t part = 1; part < most; part++) {
        for (int64_t c = 0; c < 2 * channels; c++) sums[c] += sums[part * 2 * channels + c];
    }
    sums.resize(static_cast<size_t>(2 * channels));
    return sums;
}

// What an activation lets through: none all, relu from 0, relu6 from 0 to 6.
inline std::pair<float, float> limits(int64_t activation) {
    constexpr float all = std::numeric_limits<float>::infinity();
    return {activation == CTORCH_ACTIVATION_NONE ? -all : 0.0f,
            activation == CTORCH_ACTIVATION_RELU6 ? 6.0f : all};
}

// Calls `body` with the elements' type, bfloat16 as its bits.
template <typename Body> inline void withType(const at::Tensor &tensor, Body body) {
    if (tensor.scalar_type() == at::kFloat) {
        body(float());
    } else {
        body(uint16_t());
    }
}

template <typename T> inline T *elements(const at::Tensor &tensor) {
    return static_cast<T *>(tensor.data_ptr());
}

struct Function : public torch::autograd::Function<Function> {
    static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &x,
                              const at::Tensor &weight, const at::Tensor &bias,
                              at::Tensor runningMean, at::Tensor runningVariance, bool population,
                              double momentum, double epsilon, int64_t activation) {
        const int64_t channels = x.size(1), rows = x.numel() / channels;
        auto y = at::empty_like(x);
        auto statistics = at::empty({2, channels}, x.options().dtype(at::kFloat)
                                                       .memory_format(at::MemoryFormat::Contiguous));
        float *scale = statistics.data_ptr<float>(), *shift = scale + channels;
        const float *w = weight.data_ptr<float>(), *b = bias.data_ptr<float>();
        float *mean = runningMean.data_ptr<float>(), *variance = runningVariance.data_ptr<float>();
        std::vector<float> factor(channels), addend(channels), origin(channels);
        const auto [low, high] = limits(activation);
        withType(x, [&, low = low, high = high](auto zero) {
            using T = decltype(zero);
            const T *from = elements<T>(x);
            T *to = elements<T>(y);
            for (int64_t c = 0; c < channels; c++) origin[c] = widened(from[c]);
            const auto sums = summed(rows, channels, [&](int64_t at, int64_t count, double *sums,
                                                         float *space) {
                addMomentsOf(from + at, count, channels, origin.data(), sums, space);
            });
            const double n = static_cast<double>(rows);
            for (int64_t c = 0; c < channels; c++) {
                const double d = sums[c] / n, m = origin[c] + d;
                const double v = std::max(0.0, sums[channels + c] / n - d * d);
                const double inverse = 1 / std::sqrt(v + epsilon);
                scale[c] = static_cast<float>(inverse);
                shift[c] = static_cast<float>(-m * inverse);
                factor[c] = scale[c] * w[c];
                addend[c] = shift[c] * w[c] + b[c];
                mean[c] += static_cast<float>(momentum * (m - mean[c]));
                const double kept = population ? v : v * n / (n - 1);
                variance[c] += static_cast<float>(momentum * (kept - variance[c]));
            }
            forParts(rows, [&](int64_t first, int64_t count, int64_t) {
                const int64_t at = first * channels;
                normalizeOf(from + at, count, channels, factor.data(), addend.data(), low, high,
                            to + at);
            });
        });
        context->save_for_backward({x, y, weight, statistics});
        context->saved_data["activation"] = activation;
        return y;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                   torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &y = saved[1], &weight = saved[2], &statistics = saved[3];
        const auto g = gradients[0].to(x.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast);
        const int64_t channels = x.size(1), rows = x.numel() / channels;
        const float *scale = statistics.data_ptr<float>(), *shift = scale + channels;
        const float *w = weight.data_ptr<float>();
        auto ofX = at::empty_like(x), ofW = at::empty_like(weight), ofB = at::empty_like(weight);
        std::vector<float> factor(channels), meanG(channels), meanGX(channels);
        const auto [low, high] = limits(context->saved_data["activation"].toInt());
        withType(x, [&, low = low, high = high](auto zero) {
            using T = decltype(zero);
            const T *xs = elements<T>(x), *ys = elements<T>(y), *gs = elements<T>(g);
            T *to = elements<T>(ofX);
            const auto sums = summed(rows, channels, [&](int64_t at, int64_t count, double *sums,
                                                         float *space) {
                addGradientsOf(xs + at, ys + at, gs + at, count, channels, scale, shift, low, high,
                               sums, space);
            });
            for (int64_t c = 0; c < channels; c++) {
                ofB.data_ptr<float>()[c] = static_cast<float>(sums[c]);
                ofW.data_ptr<float>()[c] = static_cast<float>(sums[channels + c]);
                factor[c] = scale[c] * w[c];
                meanG[c] = static_cast<float>(sums[c] / static_cast<double>(rows));
                meanGX[c] = static_cast<float>(sums[channels + c] / static_cast<double>(rows));
            }
            forParts(rows, [&](int64_t first, int64_t count, int64_t) {
                const int64_t at = first * channels;
                inputGradientOf(xs + at, ys + at, gs + at, count, channels, scale, shift,
                                factor.data(), meanG.data(), meanGX.data(), low, high, to + at);
            });
        });
        return {ofX, ofW, ofB, {}, {}, {}, {}, {}, {}};
    }
};

// Whether a batch is one of those that pay: in training on a CPU, channels side by side.
inline bool suits(const at::Tensor &x, const at::Tensor &weight) {
    return c10::GradMode::is_enabled() && x.is_cpu() && x.dim() == 4 && x.size(1) > 1 &&
           x.numel() / x.size(1) > 1 && weight.scalar_type() == at::kFloat &&
           (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16) &&
           x.is_contiguous(at::MemoryFormat::ChannelsLast);
}

} // namespace batch_norm
