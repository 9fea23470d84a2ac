// The loss of a distribution over colour cells, and its gradient, in one pass over the logits: on a
// CPU, where libtorch's own operations would go over them some twenty times.
//
// For each place, with logits l over the cells: the cross-entropy -sum_j t_j w_j ln p_j, p being
// softmax(l), t the target's parts of four cells and w the cells' weights; and Huber's loss of the
// colour that is read out, as `Readout` in Swift says: q = softmax((l - taken) / T), m = sum q c,
// s = sum q |c|^2, u = (s - |m|^2) / (s + 64), colour = m (1 + (g - 1) u) b. Both are means, the one
// over places, the other over places and the two planes.
#pragma once

#include "shared.hpp"

#include "batch_norm.hpp"

namespace distribution_loss {

// e^x for x <= 0, to 2e-7 of it: 2^n times a polynomial of the rest (Cephes' coefficients).
inline __attribute__((always_inline)) float exponential(float x) {
    const float y = std::max(x, -87.0f) * 1.44269504f;
    const float n = static_cast<float>(static_cast<int32_t>(y - 0.5f));
    const float f = (y - n) * 0.693147181f;
    float p = 1.9875691500e-4f;
    p = p * f + 1.3981999507e-3f;
    p = p * f + 8.3334519073e-3f;
    p = p * f + 4.1665795894e-2f;
    p = p * f + 1.6666665459e-1f;
    p = p * f + 5.0000001201e-1f;
    p = p * f * f + f + 1.0f;
    const int32_t bits = (static_cast<int32_t>(n) + 127) << 23;
    float power;
    std::memcpy(&power, &bits, sizeof power);
    return p * power;
}

constexpr int64_t most = 512;

// What is the same for all places.
struct Tables {
    int64_t cells;
    alignas(64) float a[most], b[most], square[most], taken[most], weights[most];
    float regression, delta, gain, boost, temperature;
};

// A place's part of the loss; its gradient, times `share`, goes into `to`.
template <typename T>
inline __attribute__((always_inline)) double
place(const T *logits, const int64_t *cells, const float *parts, int64_t apart, float targetA,
      float targetB, const Tables &tables, float share, T *to) {
    alignas(64) float l[most], p[most], q[most];
    const int64_t count = tables.cells;
    const float inverse = 1 / tables.temperature;
    float high = -std::numeric_limits<float>::infinity(), highest = high;
#pragma omp simd reduction(max : high, highest)
    for (int64_t c = 0; c < count; c++) {
        l[c] = batch_norm::widened(logits[c]);
        q[c] = (l[c] - tables.taken[c]) * inverse;
        high = std::max(high, l[c]);
        highest = std::max(highest, q[c]);
    }
    float sum = 0, total = 0, meanA = 0, meanB = 0, square = 0;
#pragma omp simd reduction(+ : sum, total, meanA, meanB, square)
    for (int64_t c = 0; c < count; c++) {
        p[c] = exponential(l[c] - high);
        q[c] = exponential(q[c] - highest);
        sum += p[c];
        total += q[c];
        meanA += q[c] * tables.a[c];
        meanB += q[c] * tables.b[c];
        square += q[c] * tables.square[c];
    }
    meanA /= total;
    meanB /= total;
    square /= total;

    // Cross-entropy.
    float weight = 0;
    double loss = 0;
    const float logarithm = high + std::log(sum);
    for (int64_t j = 0; j < 4; j++) {
        const int64_t cell = cells[j * apart];
        const float w = parts[j * apart] * tables.weights[cell];
        weight += w;
        loss -= w * (l[cell] - logarithm);
    }

    // The colour that is read out, Huber's loss of it, and the gradients of m and s.
    const float spread = square + 64, torn = (square - meanA * meanA - meanB * meanB) / spread;
    const float more = tables.gain - 1, factor = (1 + more * torn) * tables.boost;
    const float errorA = meanA * factor - targetA, errorB = meanB * factor - targetB;
    const float delta = tables.delta;
    const auto huber = [&](float d) {
        const float size = std::abs(d);
        return size < delta ? d * d / 2 : delta * (size - delta / 2);
    };
    loss += tables.regression * (huber(errorA) + huber(errorB)) / 2;
    const auto slope = [&](float d) {
        return tables.regression * std::min(std::max(d, -delta), delta) / 2;
    };
    const float ofA = slope(errorA), ofB = slope(errorB);
    const float ofTorn = (ofA * meanA + ofB * meanB) * more * tables.boost;
    const float ofMeanA = ofA * factor - 2 * meanA / spread * ofTorn;
    const float ofMeanB = ofB * factor - 2 * meanB / spread * ofTorn;
    const float ofSquare = ofTorn * (64 + meanA * meanA + meanB * meanB) / (spread * spread);
    const float mean = ofMeanA * meanA + ofMeanB * meanB + ofSquare * square;

    const float toP = share * weight / sum, toQ = share * inverse / total;
#pragma omp simd
    for (int64_t c = 0; c < count; c++) {
        const float of =
            ofMeanA * tables.a[c] + ofMeanB * tables.b[c] + ofSquare * tables.square[c] - mean;
        l[c] = toP * p[c] + toQ * q[c] * of;
    }
    for (int64_t j = 0; j < 4; j++) {
        const int64_t cell = cells[j * apart];
        l[cell] -= share * parts[j * apart] * tables.weights[cell];
    }
#pragma omp simd
    for (int64_t c = 0; c < count; c++) batch_norm::narrow(l[c], to[c]);
    return loss;
}

// The places `first` to `end` of one picture, whose planes are `apart` places apart.
#define PLACES                                                                                    \
    for (int64_t i = first; i < end; i++) {                                                       \
        loss += place(logits + i * tables.cells, cells + i, parts + i, apart, target[i],          \
                      target[apart + i], tables, share, to + i * tables.cells);                   \
    }
FOR_EACH_PROCESSOR inline void places(const float *logits, const int64_t *cells,
                                      const float *parts, const float *target, int64_t apart,
                                      int64_t first, int64_t end, const Tables &tables,
                                      float share, float *to, double &loss) {
    PLACES
}
FOR_EACH_PROCESSOR inline void places(const uint16_t *logits, const int64_t *cells,
                                      const float *parts, const float *target, int64_t apart,
                                      int64_t first, int64_t end, const Tables &tables,
                                      float share, uint16_t *to, double &loss) {
    PLACES
}
#undef PLACES

struct Function : public torch::autograd::Function<Function> {
    static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &logits,
                              const at::Tensor &cells, const at::Tensor &parts,
                              const at::Tensor &target, const Tables &tables) {
        const int64_t pictures = logits.size(0), apart = logits.size(2) * logits.size(3);
        const auto x = logits.contiguous(at::MemoryFormat::ChannelsLast);
        auto gradient = at::empty_like(x);
        const int64_t rows = pictures * logits.size(2), columns = logits.size(3);
        std::vector<double> losses(static_cast<size_t>(rows), 0.0);
        const auto share = static_cast<float>(1.0 / static_cast<double>(pictures * apart));
        batch_norm::withType(x, [&](auto zero) {
            using T = decltype(zero);
            const T *from = batch_norm::elements<T>(x);
            T *to = batch_norm::elements<T>(gradient);
            at::parallel_for(0, rows, 1, [&](int64_t begin, int64_t end) {
                for (int64_t row = begin; row < end; row++) {
                    const int64_t n = row / logits.size(2);
                    const int64_t first = row % logits.size(2) * columns;
                    const int64_t at = n * apart * tables.cells;
                    places(from + at, cells.data_ptr<int64_t>() + n * 4 * apart,
                           parts.data_ptr<float>() + n * 4 * apart,
                           target.data_ptr<float>() + n * 2 * apart, apart, first,
                           first + columns, tables, share, to + at, losses[row]);
                }
            });
        });
        context->save_for_backward({gradient});
        double loss = 0;
        for (const double part : losses) loss += part;
        return at::full({}, loss / static_cast<double>(pictures * apart),
                        logits.options().dtype(at::kFloat));
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                   torch::autograd::variable_list gradients) {
        const auto gradient = context->get_saved_variables()[0];
        const float factor = gradients[0].item<float>();
        return {factor == 1 ? gradient : gradient * factor, {}, {}, {}, {}};
    }
};

inline at::Tensor loss(const at::Tensor &logits, const at::Tensor &cells, const at::Tensor &parts,
                       const at::Tensor &target, const ctorch_distribution *distribution) {
    const auto list = [](const ctorch_tensor *tensor) {
        return tensor->value.detach().contiguous().to(at::kFloat);
    };
    const auto bins = list(distribution->bins), weights = list(distribution->weights);
    TORCH_CHECK(logits.is_cpu() && logits.dim() == 4 && logits.size(1) == bins.size(0) &&
                    logits.size(1) <= most && cells.scalar_type() == at::kLong &&
                    cells.sizes() == parts.sizes() && target.size(1) == 2,
                "the shapes do not fit a distribution of ", bins.size(0), " cells");
    Tables tables;
    tables.cells = logits.size(1);
    tables.regression = static_cast<float>(distribution->regression);
    tables.delta = static_cast<float>(distribution->delta);
    tables.gain = static_cast<float>(distribution->gain);
    tables.boost = static_cast<float>(distribution->boost);
    tables.temperature = static_cast<float>(distribution->temperature);
    for (int64_t c = 0; c < tables.cells; c++) {
        const float a = bins.data_ptr<float>()[2 * c], b = bins.data_ptr<float>()[2 * c + 1];
        const float w = weights.data_ptr<float>()[c];
        tables.a[c] = a;
        tables.b[c] = b;
        tables.square[c] = a * a + b * b;
        tables.weights[c] = w;
        tables.taken[c] = static_cast<float>(1 - distribution->vividness) * std::log(w);
    }
    return Function::apply(logits, cells.contiguous(), parts.contiguous(), target.contiguous(),
                           tables);
}

} // namespace distribution_loss
