// What training needs beyond the operations themselves: gradients, Adam, moving averages.
#pragma once

#include "shared.hpp"

#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>

#include <tuple>

namespace {

int32_t hasBFloat16(ctorch_device device) {
    if (device.type == CTORCH_CUDA) return 1;
#ifdef __x86_64__
    return __builtin_cpu_supports("avx512bf16") != 0;
#else
    return 0;
#endif
}

int32_t setAutocastEnabled(int32_t enabled, ctorch_device device) {
    const auto type = device.type == CTORCH_CUDA ? at::kCUDA : at::kCPU;
    const bool before = at::autocast::is_autocast_enabled(type);
    at::autocast::set_autocast_enabled(type, enabled != 0);
    at::autocast::set_autocast_dtype(type, at::kBFloat16);
    // Weights are converted once while it is on; they change before it is on again.
    if (enabled == 0) at::autocast::clear_cache();
    return static_cast<int32_t>(before);
}

int32_t clearGradients(ctorch_list list, ctorch_error *error) {
    return done(error, [&] {
        for (auto &tensor : values(list)) tensor.mutable_grad() = at::Tensor();
    });
}

int32_t gradientNorm(ctorch_list list, double *norm, ctorch_error *error) {
    return done(error, [&] {
        const at::NoGradGuard guard;
        const auto norms = at::_foreach_norm(gradients(values(list)));
        *norm = at::stack(norms).to(at::kDouble).norm().item<double>();
    });
}

int32_t scaleGradients(ctorch_list list, double factor, ctorch_error *error) {
    return done(error, [&] {
        const at::NoGradGuard guard;
        at::_foreach_mul_(gradients(values(list)), factor);
    });
}

int32_t adam(ctorch_list list, ctorch_list first, ctorch_list second,
             const ctorch_adam *settings, ctorch_error *error) {
    return done(error, [&] {
        const at::NoGradGuard guard;
        const auto tensors = values(list);
        if (tensors.empty()) return;
        const auto options = tensors[0].options().dtype(at::kFloat);
        const auto step = at::full({}, static_cast<double>(settings->step), options);
        const std::vector<at::Tensor> steps(tensors.size(), step);
        // One pass over the memory for each tensor, not one for each operation.
        const auto [rate, b1, b2, decay, epsilon] =
            std::tuple(settings->learning_rate, settings->beta1, settings->beta2,
                       settings->weight_decay, settings->epsilon);
        if (settings->decoupled != 0) {
            at::_fused_adamw_(tensors, gradients(tensors), values(first), values(second), {},
                              steps, rate, b1, b2, decay, epsilon, false, false);
        } else {
            at::_fused_adam_(tensors, gradients(tensors), values(first), values(second), {},
                             steps, rate, b1, b2, decay, epsilon, false, false);
        }
    });
}

int32_t interpolate(ctorch_list targets, ctorch_list sources, double weight,
                    ctorch_error *error) {
    return done(error, [&] {
        const at::NoGradGuard guard;
        const auto into = values(targets);
        if (!into.empty()) at::_foreach_lerp_(into, values(sources), weight);
    });
}

} // namespace
