// Compiles where the declarations of COpenVINO.h are those of OpenVINO's own headers; the folders of
// both are to be given, and GNU C.
#include "COpenVINO.h"

#include <openvino/c/openvino.h>

#define SAME(name)                                                                             \
    _Static_assert(__builtin_types_compatible_p(__typeof__(ov_##name) *,                        \
                                                __typeof__(((copenvino_table *)0)->name)),    \
                   #name)
#define EQUAL(a, b) _Static_assert((a) == (b), #a)

SAME(get_last_err_msg);
SAME(get_error_info);
SAME(free);
SAME(core_create);
SAME(core_free);
SAME(core_get_property);
SAME(core_read_model_from_memory_buffer);
SAME(model_free);
SAME(compiled_model_free);
SAME(compiled_model_inputs_size);
SAME(compiled_model_outputs_size);
SAME(compiled_model_input_by_index);
SAME(compiled_model_output_by_index);
SAME(port_get_any_name);
SAME(output_const_port_free);
SAME(compiled_model_create_infer_request);
SAME(infer_request_free);
SAME(infer_request_set_tensor);
SAME(infer_request_get_tensor);
SAME(infer_request_start_async);
SAME(infer_request_wait);
SAME(tensor_get_element_type);
SAME(tensor_data);
SAME(tensor_free);

// The other functions take structures that have no name there: these are laid out alike.
EQUAL(sizeof(copenvino_version), sizeof(ov_version_t));
EQUAL(offsetof(copenvino_version, build), offsetof(ov_version_t, buildNumber));
EQUAL(sizeof(copenvino_shape), sizeof(ov_shape_t));
EQUAL(offsetof(copenvino_shape, rank), offsetof(ov_shape_t, rank));
EQUAL(offsetof(copenvino_shape, sizes), offsetof(ov_shape_t, dims));
EQUAL(sizeof(copenvino_property), sizeof(ov_property_t));
EQUAL(offsetof(copenvino_property, key), offsetof(ov_property_t, key));
EQUAL(offsetof(copenvino_property, value), offsetof(ov_property_t, value));

EQUAL((int)COPENVINO_OK, (int)OK);
EQUAL((int)COPENVINO_FLOAT32, (int)F32);
