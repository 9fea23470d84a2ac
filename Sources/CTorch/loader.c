// Opens the shim at first use, so that a program that never needs a network never waits for
// libtorch (about 0.4 s).
#include "CTorch.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(const ctorch_table *) opened = NULL;

typedef const ctorch_table *(*entry_function)(void);

static const ctorch_table *fail(ctorch_error *error, const char *format, ...) {
    char message[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    error->kind = CTORCH_ERROR_LIBRARY;
    size_t length = 0;
    while (message[length] != 0) length++;
    error->message = malloc(length + 1);
    for (size_t i = 0; error->message != NULL && i <= length; i++) error->message[i] = message[i];
    return NULL;
}

static const ctorch_table *open_shim(const char *path, ctorch_error *error) {
    // Idle threads of an operation sleep instead of spinning. Photographs are read and written on
    // the same cores meanwhile, and threads that spin there take the time from those that compute.
    // OpenMP reads this once, as it is loaded; who sets another policy keeps it.
    setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
    void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL) return fail(error, "%s", dlerror());
    entry_function entry = (entry_function)dlsym(library, CTORCH_ENTRY);
    if (entry == NULL) return fail(error, "it does not export %s", CTORCH_ENTRY);
    const ctorch_table *table = entry();
    if (table->version != CTORCH_VERSION || table->size != sizeof(ctorch_table)) {
        return fail(error, "its table is version %u of %u bytes, this program needs %u of %zu",
                    table->version, table->size, CTORCH_VERSION, sizeof(ctorch_table));
    }
    return table;
}

void ctorch_free_message(char *message) { free(message); }

const ctorch_table *ctorch_loaded(void) {
    return atomic_load_explicit(&opened, memory_order_acquire);
}

const ctorch_table *ctorch_load(const char *path, ctorch_error *error) {
    pthread_mutex_lock(&opening);
    const ctorch_table *table = ctorch_loaded();
    if (table == NULL) {
        table = open_shim(path, error);
        atomic_store_explicit(&opened, table, memory_order_release);
    }
    pthread_mutex_unlock(&opening);
    return table;
}

void ctorch_keep_memory(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_TOP_PAD, 64 << 20);
#endif
}
