#include "Pipeline.h"
#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

static const char *const photo_loaders[] = {
    "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadTiff",
    "VipsForeignLoadWebp", "VipsForeignLoadHeif", "VipsForeignLoadJxl",
};

// Decoders warn about what they mend; a warning on standard error would land
// in the middle of a progress bar, without the photo's name.
static void ignore_log(
    const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data) {
    (void)domain, (void)level, (void)message, (void)data;
}

// Where the program brings its own libvips, in lib/autochrome/system beside its bin, what libvips opens
// to read HEIC, AVIF and JPEG XL lies there, too: it looks below $VIPSHOME for that.
static void find_modules(void) {
    char *program = g_file_read_link("/proc/self/exe", NULL);
    if (!program) return;
    char *bin = g_path_get_dirname(program);
    char *home = g_build_filename(bin, "..", "lib", "autochrome", "system", NULL);
    if (g_file_test(home, G_FILE_TEST_IS_DIR)) g_setenv("VIPSHOME", home, FALSE);
    g_free(home);
    g_free(bin);
    g_free(program);
}

static int start_result = -1;
static char *start_error = NULL;

static void start_once(void) {
    find_modules();
    if (vips_init("autochrome")) {
        start_error = cvips_take_error();
        return;
    }
    g_log_set_handler(
        "VIPS", G_LOG_LEVEL_MASK | G_LOG_FLAG_RECURSION, ignore_log, NULL);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (size_t i = 0; i < G_N_ELEMENTS(photo_loaders); i++)
        vips_operation_block_set(photo_loaders[i], FALSE);
    // JPEG XL counts as untrusted, its writer too.
    vips_operation_block_set("VipsForeignSaveJxl", FALSE);
    start_result = 0;
}

void cvips_keep_memory(void) {
#ifdef __GLIBC__
    // A photograph's buffers are as large as the last one's: giving them back to
    // the system in between costs 450 page faults each.
    mallopt(M_MMAP_THRESHOLD, 16 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
#endif
}

void cvips_bound_memory(void) {
#ifdef __GLIBC__
    // Every thread of every pipeline would fill an arena of its own, and photographs' buffers of
    // all sizes leave gaps in them.
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

void cvips_return_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

int cvips_start(char **error) {
    static GOnce once = G_ONCE_INIT;
    g_once(&once, (GThreadFunc)(void (*)(void))start_once, NULL);
    if (start_result && error)
        *error = strdup(start_error ? start_error : "libvips does not start");
    return start_result;
}

char *cvips_take_error(void) {
    // One buffer serves the process, so the copy empties it, and who succeeds
    // empties it, too: loaders that do leave complaints there.
    char *text = vips_error_buffer_copy();
    size_t end = strlen(text);
    while (end > 0 && text[end - 1] == '\n')
        text[--end] = '\0';
    char *result = strdup(end ? text : "no reason given");
    g_free(text);
    return result;
}

int cvips_open(const char *path, char **error) {
    VipsImage *image = vips_image_new_from_file(path, NULL);
    if (!image) {
        *error = cvips_take_error();
        return -1;
    }
    g_object_unref(image);
    return 0;
}

void cvips_free(void *pointer) {
    free(pointer);
}
