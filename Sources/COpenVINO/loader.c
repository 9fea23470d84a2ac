// Opens OpenVINO at first use, so that a program that colours nothing never waits for it.
#include "COpenVINO.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;
static copenvino_table functions;
static _Atomic(const copenvino_table *) opened = NULL;

static const copenvino_table *fail(char **error, const char *format, ...) {
    char message[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    *error = strdup(message);
    return NULL;
}

#define ENTRY(name) {"ov_" #name, offsetof(copenvino_table, name)}

/// Every function of the table: its name in the library, its place in the table.
static const struct {
    const char *name;
    size_t place;
} entries[] = {
    ENTRY(get_openvino_version),
    ENTRY(version_free),
    ENTRY(get_last_err_msg),
    ENTRY(get_error_info),
    ENTRY(free),
    ENTRY(core_create),
    ENTRY(core_free),
    ENTRY(core_get_property),
    ENTRY(core_read_model_from_memory_buffer),
    ENTRY(model_free),
    ENTRY(core_compile_model_props),
    ENTRY(compiled_model_free),
    ENTRY(compiled_model_inputs_size),
    ENTRY(compiled_model_outputs_size),
    ENTRY(compiled_model_input_by_index),
    ENTRY(compiled_model_output_by_index),
    ENTRY(port_get_any_name),
    ENTRY(output_const_port_free),
    ENTRY(compiled_model_create_infer_request),
    ENTRY(infer_request_free),
    ENTRY(infer_request_set_tensor),
    ENTRY(infer_request_get_tensor),
    ENTRY(infer_request_start_async),
    ENTRY(infer_request_wait),
    ENTRY(tensor_create),
    ENTRY(tensor_get_element_type),
    ENTRY(tensor_get_shape),
    ENTRY(shape_free),
    ENTRY(tensor_data),
    ENTRY(tensor_free),
};

_Static_assert(sizeof entries / sizeof entries[0] == sizeof(copenvino_table) / sizeof(void *),
               "every function of the table has an entry");

/// The table if the library is of a release whose C API is ours, else why not.
static const copenvino_table *check_release(const copenvino_table *table, char **error) {
    copenvino_version version;
    if (table->get_openvino_version(&version) != COPENVINO_OK) {
        return fail(error, "it does not say which release it is");
    }
    int fits = strncmp(version.build, COPENVINO_RELEASE, strlen(COPENVINO_RELEASE)) == 0;
    if (!fits) {
        fail(error, "it is OpenVINO %s, this program needs " COPENVINO_RELEASE "x", version.build);
    }
    table->version_free(&version);
    return fits ? table : NULL;
}

static const copenvino_table *open_library(const char *path, char **error) {
    void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL) return fail(error, "%s", dlerror());
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        void *function = dlsym(library, entries[i].name);
        if (function == NULL) return fail(error, "it does not export %s", entries[i].name);
        memcpy((char *)&functions + entries[i].place, &function, sizeof function);
    }
    return check_release(&functions, error);
}

void copenvino_free_message(char *message) { free(message); }

const copenvino_table *copenvino_loaded(void) {
    return atomic_load_explicit(&opened, memory_order_acquire);
}

const copenvino_table *copenvino_load(const char *path, char **message) {
    pthread_mutex_lock(&opening);
    const copenvino_table *table = copenvino_loaded();
    if (table == NULL) {
        table = open_library(path, message);
        atomic_store_explicit(&opened, table, memory_order_release);
    }
    pthread_mutex_unlock(&opening);
    return table;
}

int copenvino_has_bfloat16(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512bf16") != 0;
#else
    return 0;
#endif
}
