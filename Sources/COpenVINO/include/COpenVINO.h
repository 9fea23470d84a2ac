// The functions of OpenVINO's C API that Swift calls, and the loader that finds them at first use.
//
// The types are OpenVINO's own under names of ours, so that neither Swift nor its users need its
// headers; a test has a C compiler compare both.
//
// Conventions of OpenVINO's functions:
// - They return 0 for success; what went wrong says `last_message`, to be freed with `free_text`.
// - Whatever they make is owned by the caller and given back with the `free_` of its kind.
// - No C++ exception leaves a function.
#ifndef COPENVINO_H
#define COPENVINO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What the numbers of a library's release begin with whose C API is the one below. The numbers of
/// element types changed before and may again with another year.
#define COPENVINO_RELEASE "2026."

typedef struct ov_core copenvino_core;
typedef struct ov_model copenvino_model;
typedef struct ov_compiled_model copenvino_compiled_model;
typedef struct ov_infer_request copenvino_request;
typedef struct ov_tensor copenvino_tensor;
typedef struct ov_output_const_port copenvino_port;

/// `COPENVINO_OK`, else what kind of failure.
typedef int32_t copenvino_status;
#define COPENVINO_OK 0

/// The element types that cross the boundary.
typedef enum copenvino_element_type {
    COPENVINO_FLOAT32 = 4,
} copenvino_element_type;

/// A list of sizes.
typedef struct copenvino_shape {
    int64_t rank;
    int64_t *sizes;
} copenvino_shape;

/// A setting of the compiler, in text both.
typedef struct copenvino_property {
    const char *key;
    const void *value;
} copenvino_property;

/// Which OpenVINO this is.
typedef struct copenvino_version {
    const char *build;
    const char *description;
} copenvino_version;

/// The functions of the library, under its names without `ov_`.
typedef struct copenvino_table {
    // Texts
    copenvino_status (*get_openvino_version)(copenvino_version *version);
    void (*version_free)(copenvino_version *version);
    const char *(*get_last_err_msg)(void);
    const char *(*get_error_info)(copenvino_status status);
    void (*free)(const char *text);

    // From bytes to something that runs
    copenvino_status (*core_create)(copenvino_core **core);
    void (*core_free)(copenvino_core *core);
    copenvino_status (*core_get_property)(const copenvino_core *core, const char *device,
                                          const char *key, char **value);
    copenvino_status (*core_read_model_from_memory_buffer)(const copenvino_core *core,
                                                           const char *bytes, size_t count,
                                                           const copenvino_tensor *weights,
                                                           copenvino_model **model);
    void (*model_free)(copenvino_model *model);
    copenvino_status (*core_compile_model_props)(const copenvino_core *core,
                                                 const copenvino_model *model, const char *device,
                                                 size_t count,
                                                 const copenvino_property *properties,
                                                 copenvino_compiled_model **compiled);
    void (*compiled_model_free)(copenvino_compiled_model *compiled);

    // What goes in and comes out
    copenvino_status (*compiled_model_inputs_size)(const copenvino_compiled_model *compiled,
                                                   size_t *count);
    copenvino_status (*compiled_model_outputs_size)(const copenvino_compiled_model *compiled,
                                                    size_t *count);
    copenvino_status (*compiled_model_input_by_index)(const copenvino_compiled_model *compiled,
                                                      size_t index, copenvino_port **port);
    copenvino_status (*compiled_model_output_by_index)(const copenvino_compiled_model *compiled,
                                                       size_t index, copenvino_port **port);
    copenvino_status (*port_get_any_name)(const copenvino_port *port, char **name);
    void (*output_const_port_free)(copenvino_port *port);

    // One run
    copenvino_status (*compiled_model_create_infer_request)(
        const copenvino_compiled_model *compiled, copenvino_request **request);
    void (*infer_request_free)(copenvino_request *request);
    copenvino_status (*infer_request_set_tensor)(copenvino_request *request, const char *name,
                                                 const copenvino_tensor *tensor);
    copenvino_status (*infer_request_get_tensor)(const copenvino_request *request,
                                                 const char *name, copenvino_tensor **tensor);
    copenvino_status (*infer_request_start_async)(copenvino_request *request);
    copenvino_status (*infer_request_wait)(copenvino_request *request);

    // Values; `type` is a `copenvino_element_type`
    copenvino_status (*tensor_create)(uint32_t type, copenvino_shape shape,
                                      copenvino_tensor **tensor);
    copenvino_status (*tensor_get_element_type)(const copenvino_tensor *tensor, uint32_t *type);
    copenvino_status (*tensor_get_shape)(const copenvino_tensor *tensor, copenvino_shape *shape);
    copenvino_status (*shape_free)(copenvino_shape *shape);
    copenvino_status (*tensor_data)(const copenvino_tensor *tensor, void **data);
    void (*tensor_free)(copenvino_tensor *tensor);
} copenvino_table;

/// The table of the library opened before, or null when none is open yet.
const copenvino_table *copenvino_loaded(void);

/// Opens the library at `path`, `libopenvino_c`, and returns its functions. It stays open; a later
/// call returns the same table whatever its path. On failure null, with a message for
/// `copenvino_free_message` in `message`.
const copenvino_table *copenvino_load(const char *path, char **message);

/// Whether the processor multiplies bfloat16, so that it is faster than float32.
int copenvino_has_bfloat16(void);

/// Frees the message of `copenvino_load`.
void copenvino_free_message(char *message);

#ifdef __cplusplus
}
#endif
#endif
