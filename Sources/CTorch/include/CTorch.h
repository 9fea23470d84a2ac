// The function table through which Swift calls libtorch.
//
// The shim (Shim/torch_shim.cpp) fills the table; the loader opens the shim at first use. Only
// plain C is in this header, so neither Swift nor its users ever need libtorch's own headers.
//
// Conventions of every function:
// - A tensor result is owned by the caller and given back with `free_tensor`; null means failure.
// - A status result is 1 for success and 0 for failure, unless the comment says otherwise.
// - On failure `error` (never null) is filled in; its message is freed with `free_message`.
// - No C++ exception leaves a function.
#ifndef CTORCH_H
#define CTORCH_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Raised with every change to the table, so that an old shim is refused and not misread.
#define CTORCH_VERSION 1

/// A handle of a tensor.
typedef struct ctorch_tensor ctorch_tensor;

/// What kind of failure an error reports.
typedef enum ctorch_error_kind {
    CTORCH_ERROR_NONE = 0,
    /// The arguments do not fit the operation.
    CTORCH_ERROR_INVALID = 1,
    /// Memory, of the host or of a device, ran out.
    CTORCH_ERROR_OUT_OF_MEMORY = 2,
    /// The shim could not be opened.
    CTORCH_ERROR_LIBRARY = 3,
} ctorch_error_kind;

/// The error out-parameter of every function that can fail.
typedef struct ctorch_error {
    int32_t kind;
    char *message;
} ctorch_error;

/// The element types that cross the boundary.
typedef enum ctorch_scalar_type {
    CTORCH_FLOAT32 = 0,
    CTORCH_FLOAT16 = 1,
    CTORCH_BFLOAT16 = 2,
    CTORCH_INT64 = 3,
    CTORCH_UINT8 = 4,
    CTORCH_INT16 = 5,
} ctorch_scalar_type;

/// The kinds of device that cross the boundary.
typedef enum ctorch_device_type {
    CTORCH_CPU = 0,
    CTORCH_CUDA = 1,
} ctorch_device_type;

/// A device: its kind, and which one of that kind.
typedef struct ctorch_device {
    int32_t type;
    int32_t index;
} ctorch_device;

/// A list of sizes or dimensions.
typedef struct ctorch_sizes {
    const int64_t *values;
    int32_t count;
} ctorch_sizes;

/// The functions of the shim.
typedef struct ctorch_table {
    uint32_t version;
    uint32_t size;

    // Ownership
    void (*free_message)(char *message);
    void (*free_tensor)(ctorch_tensor *tensor);
    int64_t (*live_tensors)(void);

    // The machine
    const char *(*library_version)(void);
    int32_t (*threads)(void);
    int32_t (*set_threads)(int32_t count, ctorch_error *error);
    int32_t (*cuda_devices)(void);
    int32_t (*synchronize)(ctorch_device device, ctorch_error *error);
    // Sets the calling thread's gradient mode and returns the one before.
    int32_t (*set_gradient_enabled)(int32_t enabled);

    // Values in and out; `bytes` are contiguous, row-major and of the tensor's element type
    ctorch_tensor *(*from_bytes)(const void *bytes, int64_t count, int32_t scalar_type,
                                 ctorch_sizes sizes, ctorch_device device, ctorch_error *error);
    int32_t (*to_bytes)(const ctorch_tensor *tensor, void *bytes, int64_t count,
                        ctorch_error *error);
    ctorch_tensor *(*filled)(float value, int32_t scalar_type, ctorch_sizes sizes,
                             ctorch_device device, ctorch_error *error);
    int32_t (*rank)(const ctorch_tensor *tensor);
    void (*sizes)(const ctorch_tensor *tensor, int64_t *sizes);
    // -1 for an element type that does not cross the boundary
    int32_t (*scalar_type)(const ctorch_tensor *tensor);
    ctorch_device (*device)(const ctorch_tensor *tensor);
    ctorch_tensor *(*convert)(const ctorch_tensor *tensor, int32_t scalar_type,
                              ctorch_device device, ctorch_error *error);
    ctorch_tensor *(*channels_last)(const ctorch_tensor *tensor, ctorch_error *error);

    // Shape
    ctorch_tensor *(*reshape)(const ctorch_tensor *tensor, ctorch_sizes sizes,
                              ctorch_error *error);
    // Swaps two dimensions
    ctorch_tensor *(*transpose)(const ctorch_tensor *tensor, int32_t a, int32_t b,
                                ctorch_error *error);
    ctorch_tensor *(*narrow)(const ctorch_tensor *tensor, int32_t dimension, int64_t start,
                             int64_t length, ctorch_error *error);
    ctorch_tensor *(*concatenate)(const ctorch_tensor *const *tensors, int32_t count,
                                  int32_t dimension, ctorch_error *error);
    // Zeros around the last two dimensions
    ctorch_tensor *(*pad)(const ctorch_tensor *tensor, int64_t left, int64_t right, int64_t top,
                          int64_t bottom, ctorch_error *error);
    ctorch_tensor *(*resize_bilinear)(const ctorch_tensor *tensor, int64_t height, int64_t width,
                                      ctorch_error *error);

    // Arithmetic
    ctorch_tensor *(*add)(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_error *error);
    ctorch_tensor *(*subtract)(const ctorch_tensor *a, const ctorch_tensor *b,
                               ctorch_error *error);
    ctorch_tensor *(*multiply)(const ctorch_tensor *a, const ctorch_tensor *b,
                               ctorch_error *error);
    ctorch_tensor *(*divide)(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_error *error);
    // tensor * factor + addend
    ctorch_tensor *(*scale)(const ctorch_tensor *tensor, double factor, double addend,
                            ctorch_error *error);
    ctorch_tensor *(*square_root)(const ctorch_tensor *tensor, ctorch_error *error);
    ctorch_tensor *(*logarithm)(const ctorch_tensor *tensor, ctorch_error *error);
    ctorch_tensor *(*matrix_product)(const ctorch_tensor *a, const ctorch_tensor *b,
                                     ctorch_error *error);
    // Over `dimensions`, or all of them when there are none
    ctorch_tensor *(*mean)(const ctorch_tensor *tensor, ctorch_sizes dimensions, int32_t keep,
                           ctorch_error *error);
    ctorch_tensor *(*sum)(const ctorch_tensor *tensor, ctorch_sizes dimensions, int32_t keep,
                          ctorch_error *error);

    // Layers; `bias` may be null
    ctorch_tensor *(*convolution)(const ctorch_tensor *tensor, const ctorch_tensor *weight,
                                  const ctorch_tensor *bias, int64_t stride, int64_t padding,
                                  int64_t groups, ctorch_error *error);
    ctorch_tensor *(*transposed_convolution)(const ctorch_tensor *tensor,
                                             const ctorch_tensor *weight,
                                             const ctorch_tensor *bias, int64_t stride,
                                             int64_t padding, ctorch_error *error);
    // When training, the running statistics are updated in place; the variance is that of the
    // population (divided by n) rather than the estimate from a sample (by n - 1) if so asked.
    ctorch_tensor *(*batch_norm)(const ctorch_tensor *tensor, const ctorch_tensor *weight,
                                 const ctorch_tensor *bias, const ctorch_tensor *running_mean,
                                 const ctorch_tensor *running_variance, int32_t training,
                                 int32_t population, double momentum, double epsilon,
                                 ctorch_error *error);
    ctorch_tensor *(*relu)(const ctorch_tensor *tensor, ctorch_error *error);
    ctorch_tensor *(*relu6)(const ctorch_tensor *tensor, ctorch_error *error);
    ctorch_tensor *(*softmax)(const ctorch_tensor *tensor, int32_t dimension,
                              ctorch_error *error);
    ctorch_tensor *(*log_softmax)(const ctorch_tensor *tensor, int32_t dimension,
                                  ctorch_error *error);
} ctorch_table;

/// The one function a shim exports.
#define CTORCH_ENTRY "autochrome_torch_table"
const ctorch_table *autochrome_torch_table(void);

/// The table of the shim opened before, or null when none is open yet.
const ctorch_table *ctorch_loaded(void);

/// Opens the shim at `path`, checks its version and size, and returns its table. It stays open; a
/// later call returns the same table whatever its path. On failure null, with a message for
/// `ctorch_free_message` in `error`.
const ctorch_table *ctorch_load(const char *path, ctorch_error *error);

/// Frees the message of `ctorch_load`.
void ctorch_free_message(char *message);

#ifdef __cplusplus
}
#endif
#endif
