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
#define CTORCH_VERSION 5

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

/// What follows a batch norm.
typedef enum ctorch_activation {
    CTORCH_ACTIVATION_NONE = 0,
    CTORCH_ACTIVATION_RELU = 1,
    CTORCH_ACTIVATION_RELU6 = 2,
} ctorch_activation;

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

/// A list of tensors.
typedef struct ctorch_list {
    const ctorch_tensor *const *tensors;
    int32_t count;
} ctorch_list;

/// The numbers of one step of Adam.
typedef struct ctorch_adam {
    // 1 for the first step
    int64_t step;
    double learning_rate;
    double beta1;
    double beta2;
    double epsilon;
    double weight_decay;
    // Not 0: the decay is apart from the gradient (AdamW)
    int32_t decoupled;
} ctorch_adam;

/// How a distribution over colour cells is judged.
typedef struct ctorch_distribution {
    // a*b* of each cell, [C, 2], and its weight in the cross-entropy, [C]
    const ctorch_tensor *bins;
    const ctorch_tensor *weights;
    // What of the weights is left in the colour that is read out, and at which temperature
    double vividness;
    double temperature;
    // By how much a colour is multiplied where the distribution is torn, and everywhere
    double gain;
    double boost;
    // The factor of Huber's loss, and where it begins to be linear
    double regression;
    double delta;
} ctorch_distribution;

/// A handle of processes that compute together.
typedef struct ctorch_group ctorch_group;

/// Where processes meet, and which of them this one is.
typedef struct ctorch_meeting {
    int32_t rank;
    int32_t count;
    const char *host;
    uint16_t port;
    // Not 0: this process keeps the store at which they meet
    int32_t keeps_store;
    // Begins every key in the store, which attempts after a failure share
    const char *prefix;
    // How long to wait for the others, in milliseconds
    int64_t timeout;
    // Their tensors are on this kind of device: NCCL for CUDA, else Gloo
    int32_t device_type;
} ctorch_meeting;

/// The functions of the shim.
typedef struct ctorch_table {
    uint32_t version;
    uint32_t size;

    // Ownership
    void (*free_message)(char *message);
    void (*free_tensor)(ctorch_tensor *tensor);
    int64_t (*live_tensors)(void);

    // The machine
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
    ctorch_tensor *(*permute)(const ctorch_tensor *tensor, ctorch_sizes dimensions,
                              ctorch_error *error);
    ctorch_tensor *(*concatenate)(ctorch_list tensors, int32_t dimension, ctorch_error *error);
    ctorch_tensor *(*narrow)(const ctorch_tensor *tensor, int32_t dimension, int64_t start,
                             int64_t length, ctorch_error *error);
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
    ctorch_tensor *(*softplus)(const ctorch_tensor *tensor, ctorch_error *error);
    // 1 where an element is above 0, else 0
    ctorch_tensor *(*is_positive)(const ctorch_tensor *tensor, ctorch_error *error);
    // Over `dimensions`, or all of them when there are none
    ctorch_tensor *(*mean)(const ctorch_tensor *tensor, ctorch_sizes dimensions, int32_t keep,
                           ctorch_error *error);
    ctorch_tensor *(*sum)(const ctorch_tensor *tensor, ctorch_sizes dimensions, int32_t keep,
                          ctorch_error *error);

    ctorch_tensor *(*maximum)(const ctorch_tensor *tensor, ctorch_sizes dimensions,
                              int32_t keep, ctorch_error *error);

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
                                 int32_t activation, ctorch_error *error);
    // [..., I] to [..., O] by a weight [O, I]
    ctorch_tensor *(*linear)(const ctorch_tensor *tensor, const ctorch_tensor *weight,
                             const ctorch_tensor *bias, ctorch_error *error);
    // Over the last dimension
    ctorch_tensor *(*layer_norm)(const ctorch_tensor *tensor, const ctorch_tensor *weight,
                                 const ctorch_tensor *bias, double epsilon,
                                 ctorch_error *error);
    // The largest of each square of `size` x `size` pixels
    ctorch_tensor *(*max_pool)(const ctorch_tensor *tensor, int64_t size, ctorch_error *error);
    ctorch_tensor *(*gelu)(const ctorch_tensor *tensor, ctorch_error *error);
    ctorch_tensor *(*relu)(const ctorch_tensor *tensor, ctorch_error *error);
    ctorch_tensor *(*relu6)(const ctorch_tensor *tensor, ctorch_error *error);
    ctorch_tensor *(*softmax)(const ctorch_tensor *tensor, int32_t dimension,
                              ctorch_error *error);
    ctorch_tensor *(*log_softmax)(const ctorch_tensor *tensor, int32_t dimension,
                                  ctorch_error *error);
    // Along `dimension` the elements that `index`, of whole numbers, names
    ctorch_tensor *(*gather)(const ctorch_tensor *tensor, int32_t dimension,
                             const ctorch_tensor *index, ctorch_error *error);
    // The mean of d^2 / 2 where |d| < delta, else of delta (|d| - delta / 2)
    ctorch_tensor *(*huber)(const ctorch_tensor *a, const ctorch_tensor *b, double delta,
                            ctorch_error *error);
    // Cross-entropy and Huber's loss of [N, C, H, W] on a CPU: the targets' four cells and parts,
    // [N, 4, H, W], and colours, [N, 2, H, W]
    ctorch_tensor *(*distribution_loss)(const ctorch_tensor *logits, const ctorch_tensor *cells,
                                        const ctorch_tensor *parts, const ctorch_tensor *colors,
                                        const ctorch_distribution *distribution,
                                        ctorch_error *error);

    // Training
    // Whether `device` has instructions for bfloat16
    int32_t (*has_bfloat16)(ctorch_device device);
    // Whether this thread computes convolutions and the like in bfloat16 on `device`; returns
    // what held before
    int32_t (*set_autocast_enabled)(int32_t enabled, ctorch_device device);
    int32_t (*require_gradient)(ctorch_tensor *tensor, ctorch_error *error);
    // Adds the gradient of `loss`, one number, to that of every tensor that requires it
    int32_t (*backward)(const ctorch_tensor *loss, ctorch_error *error);
    ctorch_tensor *(*gradient)(const ctorch_tensor *tensor, ctorch_error *error);
    int32_t (*clear_gradients)(ctorch_list tensors, ctorch_error *error);
    // The Euclidean norm of all gradients together
    int32_t (*gradient_norm)(ctorch_list tensors, double *norm, ctorch_error *error);
    int32_t (*scale_gradients)(ctorch_list tensors, double factor, ctorch_error *error);
    // One step of Adam by the tensors' gradients; both moments are updated in place
    int32_t (*adam)(ctorch_list tensors, ctorch_list first_moments, ctorch_list second_moments,
                    const ctorch_adam *settings, ctorch_error *error);
    // target + weight (source - target), in place
    int32_t (*interpolate)(ctorch_list targets, ctorch_list sources, double weight,
                           ctorch_error *error);
    // Zeros in the same shape, type, order and place
    ctorch_tensor *(*zeros_like)(const ctorch_tensor *tensor, ctorch_error *error);
    int32_t (*copy_into)(ctorch_tensor *target, const ctorch_tensor *source,
                         ctorch_error *error);

    // Processes that compute together; all call the same functions in the same order
    ctorch_group *(*open_group)(const ctorch_meeting *meeting, ctorch_error *error);
    void (*close_group)(ctorch_group *group);
    // The mean over the processes; its gradient is the mean of theirs
    ctorch_tensor *(*group_mean)(ctorch_group *group, const ctorch_tensor *tensor,
                                 ctorch_error *error);
    // Every gradient becomes its mean over the processes
    int32_t (*group_average_gradients)(ctorch_group *group, ctorch_list tensors,
                                       ctorch_error *error);
    // Every tensor becomes that of the first process
    int32_t (*group_broadcast)(ctorch_group *group, ctorch_list tensors, ctorch_error *error);
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

/// Has the process keep freed memory, however large its blocks, instead of giving it back: a
/// training step's tensors are as large as the last one's.
void ctorch_keep_memory(void);

/// Frees the message of `ctorch_load`.
void ctorch_free_message(char *message);

#ifdef __cplusplus
}
#endif
#endif
