// What every part of the shim needs: handles, errors, and the guard that keeps exceptions inside.
#pragma once

#include "../Sources/CTorch/include/CTorch.h"

#include <ATen/ATen.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

struct ctorch_tensor {
    at::Tensor value;
};

namespace {

std::atomic<int64_t> live{0};

void report(ctorch_error *error, ctorch_error_kind kind, const char *message) noexcept {
    error->kind = kind;
    error->message = strdup(message);
}

// libtorch's CPU allocator reports exhaustion as a plain error; only its words tell.
bool isOutOfMemory(const char *message) noexcept {
    return strstr(message, "can't allocate memory") != nullptr ||
           strstr(message, "out of memory") != nullptr;
}

// Runs `body` and turns whatever it throws into an error, so that nothing crosses the C boundary.
template <typename Result, typename Body>
Result guarded(ctorch_error *error, Result failure, Body body) noexcept {
    try {
        return body();
    } catch (const std::bad_alloc &) {
        report(error, CTORCH_ERROR_OUT_OF_MEMORY, "the memory of this machine is used up");
    } catch (const c10::OutOfMemoryError &thrown) {
        report(error, CTORCH_ERROR_OUT_OF_MEMORY, thrown.what_without_backtrace());
    } catch (const c10::Error &thrown) {
        const char *message = thrown.what_without_backtrace();
        report(error, isOutOfMemory(message) ? CTORCH_ERROR_OUT_OF_MEMORY : CTORCH_ERROR_INVALID,
               message);
    } catch (const std::exception &thrown) {
        report(error, isOutOfMemory(thrown.what()) ? CTORCH_ERROR_OUT_OF_MEMORY
                                                   : CTORCH_ERROR_INVALID, thrown.what());
    } catch (...) {
        report(error, CTORCH_ERROR_INVALID, "libtorch failed without saying why");
    }
    return failure;
}

// Runs `body`, which gives an at::Tensor, and hands its result out as an owned handle.
template <typename Body>
ctorch_tensor *made(ctorch_error *error, Body body) noexcept {
    return guarded<ctorch_tensor *>(error, nullptr, [&] {
        auto *handle = new ctorch_tensor{body()};
        live.fetch_add(1, std::memory_order_relaxed);
        return handle;
    });
}

template <typename Body>
int32_t done(ctorch_error *error, Body body) noexcept {
    return guarded<int32_t>(error, 0, [&] {
        body();
        return 1;
    });
}

std::vector<at::Tensor> values(ctorch_list list) {
    std::vector<at::Tensor> values;
    for (int32_t i = 0; i < list.count; i++) values.push_back(list.tensors[i]->value);
    return values;
}

// A loss that does not depend on a tensor, such as a palette's weight where no sample has one, has
// the gradient 0 there.
std::vector<at::Tensor> gradients(const std::vector<at::Tensor> &tensors) {
    std::vector<at::Tensor> gradients;
    for (const auto &tensor : tensors) {
        if (!tensor.grad().defined()) tensor.mutable_grad() = at::zeros_like(tensor);
        gradients.push_back(tensor.grad());
    }
    return gradients;
}

} // namespace
