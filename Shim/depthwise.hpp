// Depthwise convolutions in training on a CPU. Forward they are libtorch's; two of the gradients
// that oneDNN computes slowly are put together from convolutions that it computes fast.
//
// The gradient of the input at stride 2 is the convolution, at stride 1, of the output's gradient
// with zeros between its values, by the kernel turned round. The gradient of a kernel 5 x 5 is put
// together from those of four kernels 3 x 3 whose windows lie two pixels apart: element (i, j) sums
// x[y + i, x + j] g[y, x], whichever window holds it.
#pragma once

#include "shared.hpp"

#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/custom_function.h>

namespace depthwise {

inline at::Tensor convolved(const at::Tensor &x, const at::Tensor &weight, int64_t stride,
                            int64_t padding) {
    return at::conv2d(x, weight, {}, {stride, stride}, {padding, padding}, {1, 1}, x.size(1));
}

// What libtorch computes of the gradients of a convolution without bias.
inline std::tuple<at::Tensor, at::Tensor> gradients(const at::Tensor &g, const at::Tensor &x,
                                                    const at::Tensor &weight, int64_t stride,
                                                    int64_t padding, bool ofInput,
                                                    bool ofWeight) {
    const auto [input, kernel, bias] = at::convolution_backward(
        g, x, weight, at::OptionalIntArrayRef(), {stride, stride}, {padding, padding}, {1, 1},
        false, {0, 0}, x.size(1), {ofInput, ofWeight, false});
    return {input, kernel};
}

// g [N, C, h, w] with `stride` - 1 zeros behind each value, `rows` x `columns`.
inline at::Tensor spread(const at::Tensor &g, int64_t stride, int64_t rows, int64_t columns) {
    auto result = at::zeros({g.size(0), g.size(1), rows, columns},
                            g.options().memory_format(g.suggest_memory_format()));
    result.slice(2, 0, rows, stride).slice(3, 0, columns, stride).copy_(g);
    return result;
}

inline at::Tensor inputGradient(const at::Tensor &g, const at::Tensor &x,
                                const at::Tensor &weight, int64_t stride, int64_t padding) {
    const int64_t kernel = weight.size(2);
    if (stride == 1) {
        return std::get<0>(gradients(g, x, weight, stride, padding, true, false));
    }
    const auto side = [&](int64_t size) { return size + 2 * padding - kernel + 1; };
    const auto wide = spread(g, stride, side(x.size(2)), side(x.size(3)));
    return convolved(wide, weight.flip({2, 3}), 1, kernel - 1 - padding);
}

inline at::Tensor weightGradient(const at::Tensor &g, const at::Tensor &x,
                                 const at::Tensor &weight, int64_t stride, int64_t padding) {
    if (weight.size(2) != 5) {
        return std::get<1>(gradients(g, x, weight, stride, padding, false, true));
    }
    const auto padded =
        padding == 0 ? x : at::constant_pad_nd(x, {padding, padding, padding, padding}, 0);
    const auto small = weight.slice(2, 0, 3).slice(3, 0, 3).contiguous();
    const auto length = [&](int64_t outputs) { return (outputs - 1) * stride + 3; };
    auto result = at::empty_like(weight);
    for (const int64_t top : {0, 2}) {
        for (const int64_t left : {0, 2}) {
            const auto window = padded.narrow(2, top, length(g.size(2)))
                                    .narrow(3, left, length(g.size(3)))
                                    .contiguous(x.suggest_memory_format());
            const auto part = std::get<1>(gradients(g, window, small, stride, 0, false, true));
            result.slice(2, top, top + 3).slice(3, left, left + 3).copy_(part);
        }
    }
    return result;
}

struct Convolution : public torch::autograd::Function<Convolution> {
    static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &x,
                              const at::Tensor &weight, int64_t stride, int64_t padding) {
        context->save_for_backward({x, weight});
        context->saved_data["stride"] = stride;
        context->saved_data["padding"] = padding;
        return convolved(x, weight, stride, padding);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                   torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &weight = saved[1];
        const auto stride = context->saved_data["stride"].toInt();
        const auto padding = context->saved_data["padding"].toInt();
        const auto g = gradients[0].contiguous(x.suggest_memory_format());
        at::Tensor input, kernel;
        if (context->needs_input_grad(0)) input = inputGradient(g, x, weight, stride, padding);
        if (context->needs_input_grad(1)) kernel = weightGradient(g, x, weight, stride, padding);
        return {input, kernel, {}, {}};
    }
};

// Whether a convolution is one of those whose gradients are slow: depthwise, of stride 2 or of a
// kernel 5 x 5, in training on a CPU.
inline bool suits(const at::Tensor &x, const at::Tensor &weight, bool hasBias, int64_t stride,
                  int64_t padding, int64_t groups) {
    return c10::GradMode::is_enabled() && weight.requires_grad() && x.is_cpu() && !hasBias &&
           x.dim() == 4 && weight.dim() == 4 && groups > 1 && groups == x.size(1) &&
           groups == weight.size(0) && weight.size(1) == 1 && weight.size(2) == weight.size(3) &&
           (weight.size(2) == 5 || (weight.size(2) == 3 && stride == 2)) && stride <= 2 &&
           padding < weight.size(2);
}

// The convolution, in bfloat16 where this thread computes so.
inline at::Tensor convolution(const at::Tensor &x, const at::Tensor &weight, int64_t stride,
                              int64_t padding) {
    if (at::autocast::is_autocast_enabled(at::kCPU)) {
        const auto type = at::autocast::get_autocast_dtype(at::kCPU);
        return Convolution::apply(at::autocast::cached_cast(type, x, at::kCPU),
                                  at::autocast::cached_cast(type, weight, at::kCPU), stride,
                                  padding);
    }
    return Convolution::apply(x, weight, stride, padding);
}

} // namespace depthwise
