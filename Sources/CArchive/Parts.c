#include "Parts.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { block_size = 64 * 1024 };

typedef struct {
    char *path;
    int64_t start;  // in the whole
    int64_t size;
} Part;

struct Parts {
    char *block;
    size_t count;
    Budget *budget;
    size_t current;   // the part that is open
    int descriptor;   // -1 for none
    int64_t position;  // in the whole
    int64_t size;      // of the whole
    Part part[];
};

static int measure(Part *part, const char *path, int64_t start) {
    struct stat status;
    part->path = strdup(path);
    if (!part->path || access(path, R_OK) || stat(path, &status))
        return -1;
    part->start = start;
    part->size = status.st_size;
    return 0;
}

Parts *carchive_open_parts(struct archive *reader, const char *const *paths, size_t count) {
    Parts *parts = calloc(1, sizeof *parts + count * sizeof(Part));
    if (!parts)
        return NULL;
    parts->descriptor = -1;
    parts->count = count;
    parts->block = malloc(block_size);
    int failed = !parts->block;
    for (size_t i = 0; i < count && !failed; i++) {
        failed = measure(&parts->part[i], paths[i], parts->size);
        parts->size += parts->part[i].size;
    }
    if (failed) {
        archive_set_error(reader, errno, "%s", strerror(errno));
        carchive_close_parts(parts);
        return NULL;
    }
    return parts;
}

void carchive_close_parts(Parts *parts) {
    if (!parts)
        return;
    if (parts->descriptor >= 0)
        close(parts->descriptor);
    for (size_t i = 0; i < parts->count; i++)
        free(parts->part[i].path);
    free(parts->block);
    free(parts);
}

/// Opens the part that the position lies in, which is before the end.
static int open_current(Parts *parts) {
    size_t i = 0;
    while (parts->position >= parts->part[i].start + parts->part[i].size)
        i++;
    if (parts->descriptor >= 0 && parts->current == i)
        return 0;
    if (parts->descriptor >= 0)
        close(parts->descriptor);
    parts->current = i;
    parts->descriptor = open(parts->part[i].path, O_RDONLY | O_CLOEXEC);
    return parts->descriptor < 0;
}

static la_ssize_t read_block(struct archive *reader, void *context, const void **bytes) {
    Parts *parts = context;
    ssize_t got = 0;
    if (!carchive_may_go_on(parts->budget, reader))
        return -1;
    *bytes = parts->block;
    if (parts->position >= parts->size)
        return 0;
    int failed = open_current(parts);
    do
        if (!failed)
            got = pread(
                parts->descriptor, parts->block, block_size,
                parts->position - parts->part[parts->current].start);
    while (got < 0 && errno == EINTR);
    if (failed || got < 0) {
        archive_set_error(reader, errno, "%s", strerror(errno));
        return -1;
    }
    // A file that shrank since ends everything, since what follows does not fit.
    parts->position = got > 0 ? parts->position + got : parts->size;
    carchive_took(parts->budget, got);
    return got;
}

static la_int64_t skip(struct archive *reader, void *context, la_int64_t count) {
    (void)reader;
    Parts *parts = context;
    int64_t left = parts->size - parts->position;
    if (count > left)
        count = left;
    parts->position += count;
    return count;
}

static la_int64_t seek(
    struct archive *reader, void *context, la_int64_t offset, int whence) {
    (void)reader;
    Parts *parts = context;
    int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? parts->position : parts->size;
    if (base + offset < 0 || base + offset > parts->size)
        return ARCHIVE_FATAL;
    return parts->position = base + offset;
}

int64_t carchive_parts_size(const Parts *parts) {
    return parts->size;
}

int carchive_read_parts(struct archive *reader, Parts *parts, Budget *budget) {
    parts->budget = budget;
    archive_read_set_read_callback(reader, read_block);
    archive_read_set_skip_callback(reader, skip);
    archive_read_set_seek_callback(reader, seek);
    archive_read_set_callback_data(reader, parts);
    return archive_read_open1(reader);
}
