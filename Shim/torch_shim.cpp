// Fills the function table of Sources/CTorch with libtorch. Only this folder is compiled against
// libtorch's headers; it needs 2.11 or newer, a CPU or a CUDA build, and no CUDA headers.
#include "batch_norm.hpp"
#include "depthwise.hpp"
#include "distribution_loss.hpp"
#include "process_group.hpp"
#include "shared.hpp"
#include "training.hpp"
#include "winograd.hpp"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <optional>

namespace {

// MARK: Types

at::ScalarType scalarType(int32_t type) {
    switch (type) {
    case CTORCH_FLOAT32: return at::kFloat;
    case CTORCH_FLOAT16: return at::kHalf;
    case CTORCH_BFLOAT16: return at::kBFloat16;
    case CTORCH_INT64: return at::kLong;
    case CTORCH_UINT8: return at::kByte;
    case CTORCH_INT16: return at::kShort;
    default: TORCH_CHECK(false, "element type ", type, " is unknown");
    }
}

at::Device device(ctorch_device device) {
    if (device.type == CTORCH_CUDA) {
        return at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(device.index));
    }
    return at::Device(at::kCPU);
}

at::IntArrayRef list(ctorch_sizes sizes) {
    return at::IntArrayRef(sizes.values, static_cast<size_t>(sizes.count));
}

std::optional<at::Tensor> optional(const ctorch_tensor *tensor) {
    return tensor == nullptr ? std::nullopt : std::optional<at::Tensor>(tensor->value);
}

// MARK: Values in and out

ctorch_tensor *fromBytes(const void *bytes, int64_t count, int32_t type, ctorch_sizes sizes,
                         ctorch_device target, ctorch_error *error) {
    return made(error, [&] {
        auto tensor = at::empty(list(sizes), at::TensorOptions(scalarType(type)));
        TORCH_CHECK(static_cast<int64_t>(tensor.nbytes()) == count, "the shape takes ",
                    tensor.nbytes(), " bytes, and there are ", count);
        if (count > 0) std::memcpy(tensor.data_ptr(), bytes, static_cast<size_t>(count));
        return tensor.to(device(target));
    });
}

int32_t toBytes(const ctorch_tensor *tensor, void *bytes, int64_t count, ctorch_error *error) {
    return done(error, [&] {
        auto source = tensor->value.detach().to(at::kCPU).contiguous();
        TORCH_CHECK(static_cast<int64_t>(source.nbytes()) == count, "the tensor takes ",
                    source.nbytes(), " bytes, and there is room for ", count);
        if (count > 0) std::memcpy(bytes, source.data_ptr(), static_cast<size_t>(count));
    });
}

int32_t scalarTypeOf(const ctorch_tensor *tensor) {
    switch (tensor->value.scalar_type()) {
    case at::kFloat: return CTORCH_FLOAT32;
    case at::kHalf: return CTORCH_FLOAT16;
    case at::kBFloat16: return CTORCH_BFLOAT16;
    case at::kLong: return CTORCH_INT64;
    case at::kByte: return CTORCH_UINT8;
    case at::kShort: return CTORCH_INT16;
    default: return -1;
    }
}

ctorch_device deviceOf(const ctorch_tensor *tensor) {
    const auto device = tensor->value.device();
    if (device.is_cuda()) return {CTORCH_CUDA, device.index()};
    return {CTORCH_CPU, 0};
}

// MARK: Layers

ctorch_tensor *convolution(const ctorch_tensor *tensor, const ctorch_tensor *weight,
                           const ctorch_tensor *bias, int64_t stride, int64_t padding,
                           int64_t groups, ctorch_error *error) {
    return made(error, [&] {
        if (winograd::suits(tensor->value, weight->value, stride, padding, groups)) {
            return winograd::Convolution::apply(tensor->value, weight->value, optional(bias));
        }
        if (depthwise::suits(tensor->value, weight->value, bias != nullptr, stride, padding,
                             groups)) {
            return depthwise::convolution(tensor->value, weight->value, stride, padding);
        }
        return at::conv2d(tensor->value, weight->value, optional(bias), {stride, stride},
                          {padding, padding}, {1, 1}, groups);
    });
}

ctorch_tensor *transposedConvolution(const ctorch_tensor *tensor, const ctorch_tensor *weight,
                                     const ctorch_tensor *bias, int64_t stride, int64_t padding,
                                     ctorch_error *error) {
    return made(error, [&] {
        return at::conv_transpose2d(tensor->value, weight->value, optional(bias),
                                    {stride, stride}, {padding, padding});
    });
}

// libtorch moves a running variance towards the sample's estimate. With n values a channel, the
// population's variance is (n - 1) / n of that: the part that was added shrinks by as much.
void makePopulationVariance(at::Tensor running, const at::Tensor &before, double momentum,
                            int64_t n) {
    const at::NoGradGuard guard;
    const auto kept = before * (1 - momentum);
    const auto share = static_cast<double>(n - 1) / static_cast<double>(n);
    running.sub_(kept).mul_(share).add_(kept);
}

ctorch_tensor *batchNorm(const ctorch_tensor *tensor, const ctorch_tensor *weight,
                         const ctorch_tensor *bias, const ctorch_tensor *mean,
                         const ctorch_tensor *variance, int32_t training, int32_t population,
                         double momentum, double epsilon, int32_t activation,
                         ctorch_error *error) {
    return made(error, [&] {
        if (training != 0 && batch_norm::suits(tensor->value, weight->value)) {
            return batch_norm::Function::apply(tensor->value, weight->value, bias->value,
                                               mean->value, variance->value, population != 0,
                                               momentum, epsilon, activation);
        }
        const bool corrected = training != 0 && population != 0;
        const auto before = corrected ? variance->value.clone() : at::Tensor();
        auto result =
            at::batch_norm(tensor->value, optional(weight), optional(bias), optional(mean),
                           optional(variance), training != 0, momentum, epsilon, true);
        if (corrected) {
            const auto n = tensor->value.numel() / tensor->value.size(1);
            // Through an alias whose changes autograd does not count: backward keeps the running
            // variance, and does not use it in training.
            makePopulationVariance(variance->value.variable_data(), before, momentum, n);
        }
        if (activation == CTORCH_ACTIVATION_RELU) return at::relu(result);
        if (activation == CTORCH_ACTIVATION_RELU6) return at::relu6(result);
        return result;
    });
}

ctorch_tensor *resizeBilinear(const ctorch_tensor *tensor, int64_t height, int64_t width,
                              ctorch_error *error) {
    return made(error, [&] {
        return at::upsample_bilinear2d(tensor->value, {height, width}, /*align_corners=*/false);
    });
}

ctorch_tensor *reduced(const ctorch_tensor *tensor, ctorch_sizes dimensions, int32_t keep,
                       bool mean, ctorch_error *error) {
    return made(error, [&] {
        // No list at all means every dimension; an empty one means the same to libtorch today.
        at::OptionalIntArrayRef over;
        if (dimensions.count > 0) over = list(dimensions);
        return mean ? at::mean(tensor->value, over, keep != 0)
                    : at::sum(tensor->value, over, keep != 0);
    });
}

// Short for the table below, where every operation takes it.
using Input = const ctorch_tensor *;

const ctorch_table table = {
    .version = CTORCH_VERSION,
    .size = sizeof(ctorch_table),

    .free_message = [](char *message) { std::free(message); },
    .free_tensor = [](ctorch_tensor *tensor) {
        if (tensor == nullptr) return;
        delete tensor;
        live.fetch_sub(1, std::memory_order_relaxed);
    },
    .live_tensors = [] { return live.load(std::memory_order_relaxed); },

    .cuda_devices = [] {
        ctorch_error ignored = {};
        const auto count = guarded<int32_t>(&ignored, 0, [] {
            return static_cast<int32_t>(torch::cuda::device_count());
        });
        std::free(ignored.message);
        return count;
    },
    .synchronize = [](ctorch_device target, ctorch_error *error) {
        return done(error, [&] {
            if (target.type == CTORCH_CUDA) torch::cuda::synchronize(target.index);
        });
    },
    .set_gradient_enabled = [](int32_t enabled) {
        const bool before = c10::GradMode::is_enabled();
        c10::GradMode::set_enabled(enabled != 0);
        return static_cast<int32_t>(before);
    },

    .from_bytes = fromBytes,
    .to_bytes = toBytes,
    .filled = [](float value, int32_t type, ctorch_sizes sizes, ctorch_device target,
                 ctorch_error *error) {
        return made(error, [&] {
            const auto options = at::TensorOptions(scalarType(type)).device(device(target));
            return at::full(list(sizes), value, options);
        });
    },
    .rank = [](Input tensor) { return static_cast<int32_t>(tensor->value.dim()); },
    .sizes = [](Input tensor, int64_t *sizes) {
        const auto shape = tensor->value.sizes();
        std::copy(shape.begin(), shape.end(), sizes);
    },
    .scalar_type = scalarTypeOf,
    .device = deviceOf,
    .convert = [](Input tensor, int32_t type, ctorch_device target, ctorch_error *error) {
        return made(error, [&] { return tensor->value.to(device(target), scalarType(type)); });
    },
    .channels_last = [](Input tensor, ctorch_error *error) {
        return made(error,
                    [&] { return tensor->value.contiguous(at::MemoryFormat::ChannelsLast); });
    },

    .reshape = [](Input tensor, ctorch_sizes sizes, ctorch_error *error) {
        return made(error, [&] { return tensor->value.reshape(list(sizes)); });
    },
    .transpose = [](Input tensor, int32_t a, int32_t b, ctorch_error *error) {
        return made(error, [&] { return tensor->value.transpose(a, b); });
    },
    .permute = [](Input tensor, ctorch_sizes dimensions, ctorch_error *error) {
        return made(error, [&] { return tensor->value.permute(list(dimensions)); });
    },
    .concatenate = [](ctorch_list tensors, int32_t dimension, ctorch_error *error) {
        return made(error, [&] { return at::cat(values(tensors), dimension); });
    },
    .narrow = [](Input tensor, int32_t dimension, int64_t start, int64_t length,
                 ctorch_error *error) {
        return made(error, [&] { return tensor->value.narrow(dimension, start, length); });
    },
    .pad = [](Input tensor, int64_t left, int64_t right, int64_t top, int64_t bottom,
              ctorch_error *error) {
        return made(error, [&] {
            return at::constant_pad_nd(tensor->value, {left, right, top, bottom}, 0);
        });
    },
    .resize_bilinear = resizeBilinear,

    .add = [](Input a, Input b, ctorch_error *error) {
        return made(error, [&] { return at::add(a->value, b->value); });
    },
    .subtract = [](Input a, Input b, ctorch_error *error) {
        return made(error, [&] { return at::sub(a->value, b->value); });
    },
    .multiply = [](Input a, Input b, ctorch_error *error) {
        return made(error, [&] { return at::mul(a->value, b->value); });
    },
    .divide = [](Input a, Input b, ctorch_error *error) {
        return made(error, [&] { return at::div(a->value, b->value); });
    },
    .scale = [](Input tensor, double factor, double addend, ctorch_error *error) {
        return made(error, [&] {
            const auto scaled = factor == 1 ? tensor->value : at::mul(tensor->value, factor);
            return addend == 0 ? scaled : at::add(scaled, addend);
        });
    },
    .square_root = [](Input tensor, ctorch_error *error) {
        return made(error, [&] { return at::sqrt(tensor->value); });
    },
    .logarithm = [](Input tensor, ctorch_error *error) {
        return made(error, [&] { return at::log(tensor->value); });
    },
    .matrix_product = [](Input a, Input b, ctorch_error *error) {
        return made(error, [&] { return at::matmul(a->value, b->value); });
    },
    .softplus = [](Input tensor, ctorch_error *error) {
        return made(error, [&] { return at::softplus(tensor->value); });
    },
    .is_positive = [](Input tensor, ctorch_error *error) {
        return made(error, [&] { return at::gt(tensor->value, 0).to(tensor->value.dtype()); });
    },
    .mean = [](Input tensor, ctorch_sizes dimensions, int32_t keep, ctorch_error *error) {
        return reduced(tensor, dimensions, keep, true, error);
    },
    .sum = [](Input tensor, ctorch_sizes dimensions, int32_t keep, ctorch_error *error) {
        return reduced(tensor, dimensions, keep, false, error);
    },
    .maximum = [](Input tensor, ctorch_sizes dimensions, int32_t keep, ctorch_error *error) {
        return made(error, [&] { return at::amax(tensor->value, list(dimensions), keep != 0); });
    },

    .convolution = convolution,
    .transposed_convolution = transposedConvolution,
    .batch_norm = batchNorm,
    .linear = [](Input tensor, Input weight, Input bias, ctorch_error *error) {
        return made(error,
                    [&] { return at::linear(tensor->value, weight->value, optional(bias)); });
    },
    .layer_norm = [](Input tensor, Input weight, Input bias, double epsilon,
                     ctorch_error *error) {
        return made(error, [&] {
            return at::layer_norm(tensor->value, weight->value.sizes(), optional(weight),
                                  optional(bias), epsilon);
        });
    },
    .max_pool = [](Input tensor, int64_t size, ctorch_error *error) {
        return made(error, [&] { return at::max_pool2d(tensor->value, {size, size}); });
    },
    .gelu = [](Input tensor, ctorch_error *error) {
        return made(error, [&] { return at::gelu(tensor->value); });
    },
    .relu = [](Input tensor, ctorch_error *error) {
        return made(error, [&] { return at::relu(tensor->value); });
    },
    .relu6 = [](Input tensor, ctorch_error *error) {
        return made(error, [&] { return at::relu6(tensor->value); });
    },
    .softmax = [](Input tensor, int32_t dimension, ctorch_error *error) {
        return made(error, [&] { return at::softmax(tensor->value, dimension); });
    },
    .log_softmax = [](Input tensor, int32_t dimension, ctorch_error *error) {
        return made(error, [&] { return at::log_softmax(tensor->value, dimension); });
    },
    .gather = [](Input tensor, int32_t dimension, Input index, ctorch_error *error) {
        return made(error, [&] { return at::gather(tensor->value, dimension, index->value); });
    },
    .huber = [](Input a, Input b, double delta, ctorch_error *error) {
        return made(error, [&] {
            return at::huber_loss(a->value, b->value, at::Reduction::Mean, delta);
        });
    },
    .distribution_loss = [](Input logits, Input cells, Input parts, Input colors,
                            const ctorch_distribution *distribution, ctorch_error *error) {
        return made(error, [&] {
            return distribution_loss::loss(logits->value, cells->value, parts->value,
                                           colors->value, distribution);
        });
    },

    .has_bfloat16 = hasBFloat16,
    .set_autocast_enabled = setAutocastEnabled,
    .require_gradient = [](ctorch_tensor *tensor, ctorch_error *error) {
        return done(error, [&] { tensor->value.requires_grad_(true); });
    },
    .backward = [](Input loss, ctorch_error *error) {
        return done(error, [&] { loss->value.backward(); });
    },
    .gradient = [](Input tensor, ctorch_error *error) {
        return made(error, [&] {
            TORCH_CHECK(tensor->value.grad().defined(), "it has no gradient");
            return tensor->value.grad();
        });
    },
    .clear_gradients = clearGradients,
    .gradient_norm = gradientNorm,
    .scale_gradients = scaleGradients,
    .adam = adam,
    .interpolate = interpolate,
    .zeros_like = [](Input tensor, ctorch_error *error) {
        return made(error, [&] { return at::zeros_like(tensor->value.detach()); });
    },
    .copy_into = [](ctorch_tensor *target, Input source, ctorch_error *error) {
        return done(error, [&] {
            const at::NoGradGuard guard;
            target->value.copy_(source->value);
        });
    },

    .open_group = openGroup,
    .close_group = [](ctorch_group *group) { delete group; },
    .group_mean = groupMean,
    .group_average_gradients = groupAverageGradients,
    .group_broadcast = groupBroadcast,
};

} // namespace

extern "C" __attribute__((visibility("default"))) const ctorch_table *autochrome_torch_table() {
    return &table;
}
