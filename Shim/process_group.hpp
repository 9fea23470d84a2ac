// Processes that compute together, through libtorch's own c10d: Gloo on CPUs, NCCL on GPUs.
#pragma once

#include "shared.hpp"

#define USE_C10D_GLOO
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

// A build of libtorch for the CPU comes without the headers of CUDA and NCCL.
#if __has_include(<nccl.h>) && __has_include(<cuda_runtime_api.h>)
#define USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <chrono>

struct ctorch_group {
    c10::intrusive_ptr<c10d::Backend> backend;
    int count;
};

namespace {

// About what one message takes: gradients of small tensors travel together.
constexpr int64_t bucketElements = 8 << 20;

std::shared_ptr<gloo::transport::Device> networkDevice() {
    const char *interface = std::getenv("GLOO_SOCKET_IFNAME");
    return interface != nullptr && *interface != 0
        ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
        : c10d::ProcessGroupGloo::createDefaultDevice();
}

c10::intrusive_ptr<c10d::Backend> makeBackend(const c10::intrusive_ptr<c10d::Store> &store,
                                              const ctorch_meeting &meeting) {
    const std::chrono::milliseconds timeout(meeting.timeout);
    if (meeting.device_type == CTORCH_CUDA) {
#ifdef USE_C10D_NCCL
        auto options = c10d::ProcessGroupNCCL::Options::create();
        options->timeout = timeout;
        return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, meeting.rank, meeting.count,
                                                           options);
#else
        TORCH_CHECK(false, "the shim was built without the headers of CUDA and NCCL");
#endif
    }
    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    options->devices.push_back(networkDevice());
    return c10::make_intrusive<c10d::ProcessGroupGloo>(store, meeting.rank, meeting.count,
                                                       options);
}

ctorch_group *openGroup(const ctorch_meeting *meeting, ctorch_error *error) {
    return guarded<ctorch_group *>(error, nullptr, [&] {
        c10d::TCPStoreOptions options;
        options.port = meeting->port;
        options.isServer = meeting->keeps_store != 0;
        options.waitWorkers = false;
        options.timeout = std::chrono::milliseconds(meeting->timeout);
        const auto whole = c10::make_intrusive<c10d::TCPStore>(meeting->host, options);
        const auto store = c10::make_intrusive<c10d::PrefixStore>(meeting->prefix, whole);
        return new ctorch_group{makeBackend(store, *meeting), meeting->count};
    });
}

void addUp(ctorch_group *group, at::Tensor &tensor) {
    std::vector<at::Tensor> tensors{tensor};
    group->backend->allreduce(tensors)->wait();
}

at::Tensor meanOver(ctorch_group *group, const at::Tensor &tensor) {
    const at::NoGradGuard guard;
    auto mean = tensor.detach().clone(at::MemoryFormat::Contiguous);
    addUp(group, mean);
    return mean.div_(group->count);
}

// Every process has a loss of its own, and what all minimize is their mean L = sum_r L_r / R,
// whose gradient is made by averaging the processes' gradients at the end. Of y = sum_s x_s / R
// follows dL/dx_s = sum_r dL_r/dy / R^2, of which process s must hand on R times as much: the mean
// of dL_r/dy.
struct GroupMean : public torch::autograd::Function<GroupMean> {
    static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &tensor,
                              int64_t group) {
        context->saved_data["group"] = group;
        return meanOver(reinterpret_cast<ctorch_group *>(group), tensor);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                   torch::autograd::variable_list gradients) {
        const auto group = context->saved_data["group"].toInt();
        return {meanOver(reinterpret_cast<ctorch_group *>(group), gradients[0]), at::Tensor()};
    }
};

ctorch_tensor *groupMean(ctorch_group *group, const ctorch_tensor *tensor, ctorch_error *error) {
    return made(error, [&] {
        return GroupMean::apply(tensor->value, reinterpret_cast<int64_t>(group));
    });
}

// Calls `body` with tensors side by side in one, and puts what it made of them back.
template <typename Body>
void together(const std::vector<at::Tensor> &tensors, Body body) {
    size_t start = 0;
    while (start < tensors.size()) {
        std::vector<at::Tensor> flat;
        int64_t elements = 0;
        size_t end = start;
        for (; end < tensors.size() && (end == start || elements < bucketElements); end++) {
            flat.push_back(tensors[end].reshape({-1}));
            elements += tensors[end].numel();
        }
        auto bucket = at::cat(flat);
        body(bucket);
        int64_t offset = 0;
        for (size_t i = start; i < end; i++) {
            auto tensor = tensors[i];
            tensor.copy_(bucket.narrow(0, offset, tensor.numel()).view(tensor.sizes()));
            offset += tensor.numel();
        }
        start = end;
    }
}

int32_t groupAverageGradients(ctorch_group *group, ctorch_list list, ctorch_error *error) {
    return done(error, [&] {
        const at::NoGradGuard guard;
        together(gradients(values(list)), [&](at::Tensor &bucket) {
            addUp(group, bucket);
            bucket.div_(group->count);
        });
    });
}

int32_t groupBroadcast(ctorch_group *group, ctorch_list list, ctorch_error *error) {
    return done(error, [&] {
        const at::NoGradGuard guard;
        std::vector<at::Tensor> tensors;
        for (const auto &tensor : values(list)) tensors.push_back(tensor.detach());
        together(tensors, [&](at::Tensor &bucket) {
            std::vector<at::Tensor> one{bucket};
            group->backend->broadcast(one)->wait();
        });
    });
}

} // namespace
