#include "CArchive.h"
#include "Parts.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { peek_size = 512, block_size = 64 * 1024 };

struct CArchive {
    struct archive *reader;
    Parts *parts;     // the files this reads; null for a member
    CArchive *outer;  // whose current member this reads; null for files
    void *block;      // what the outer member's data pass through
    Budget budget;
    CArchiveKind kind;
    int streams;      // whether it is a zip without its list of members
    char peeked[peek_size];
    size_t peeked_count;
    size_t peeked_used;
    int has_member;
};

static atomic_int live_count;

/// Names that a format stores as UTF-8 come out as such only in a locale of
/// that encoding; the program's own stays as it is.
static locale_t utf8_locale(void) {
    static _Atomic(locale_t) shared;
    locale_t locale = atomic_load(&shared);
    if (locale)
        return locale;
    locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!locale)
        locale = newlocale(LC_CTYPE_MASK, "en_US.UTF-8", (locale_t)0);
    locale_t none = (locale_t)0;
    if (locale && !atomic_compare_exchange_strong(&shared, &none, locale)) {
        freelocale(locale);
        locale = none;
    }
    return locale;
}

static int status(int code) {
    switch (code) {
    case ARCHIVE_OK:
    case ARCHIVE_WARN:
        return CARCHIVE_OK;
    case ARCHIVE_EOF:
        return CARCHIVE_END;
    case ARCHIVE_FAILED:
    case ARCHIVE_RETRY:
        return CARCHIVE_FAILED;
    default:
        return CARCHIVE_FATAL;
    }
}

/// Undoes the compression, and takes what is in it for a tar, a zip, or, so
/// that it can be looked at, anything. A filter that is named is the only one:
/// libarchive would put one on another as long as the bytes look like it.
static void support(CArchive *archive) {
    struct archive *reader = archive->reader;
    switch (archive->kind) {
    case CARCHIVE_TAR:
        archive_read_support_format_tar(reader);
        return;
    case CARCHIVE_ZIP:
        if (archive->streams)
            archive_read_support_format_zip_streamable(reader);
        else
            archive_read_support_format_zip_seekable(reader);
        return;
    case CARCHIVE_GZIP:
        archive_read_append_filter(reader, ARCHIVE_FILTER_GZIP);
        break;
    case CARCHIVE_ZSTD:
        archive_read_append_filter(reader, ARCHIVE_FILTER_ZSTD);
        break;
    case CARCHIVE_XZ:
        archive_read_append_filter(reader, ARCHIVE_FILTER_XZ);
        break;
    }
    archive->budget.is_filtered = 1;
    archive->streams = 1;
    archive_read_support_format_tar(reader);
    archive_read_support_format_zip_streamable(reader);
    archive_read_support_format_raw(reader);
}

/// - Parameter streams: whether it cannot be sought in.
static CArchive *new_archive(CArchive *outer, CArchiveKind kind, int streams) {
    CArchive *archive = calloc(1, sizeof *archive);
    if (!archive)
        return NULL;
    archive->outer = outer;
    archive->kind = kind;
    archive->streams = streams;
    archive->budget.outer = outer ? &outer->budget : NULL;
    archive->reader = archive_read_new();
    if (outer)
        archive->block = malloc(block_size);
    atomic_fetch_add(&live_count, 1);
    if (!archive->reader || (outer && !archive->block)) {
        carchive_close(archive);
        return NULL;
    }
    support(archive);
    return archive;
}

static la_ssize_t read_outer(struct archive *reader, void *context, const void **bytes) {
    CArchive *archive = context;
    if (!carchive_may_go_on(&archive->budget, reader))
        return -1;
    int64_t count = carchive_read(archive->outer, archive->block, block_size);
    if (count < 0) {
        archive_set_error(reader, EIO, "the outer archive ends early");
        return -1;
    }
    carchive_took(&archive->budget, count);
    *bytes = archive->block;
    return count;
}

static CArchive *open_files(
    const char *const *paths, size_t count, CArchiveKind kind, int streams, char **reason) {
    CArchive *archive = new_archive(NULL, kind, streams);
    if (!archive)
        return NULL;
    archive->parts = carchive_open_parts(archive->reader, paths, count);
    if (archive->parts) {
        archive->budget.stored = carchive_parts_size(archive->parts);
        if (carchive_read_parts(archive->reader, archive->parts, &archive->budget) >= ARCHIVE_WARN)
            return archive;
    }
    const char *text = archive_error_string(archive->reader);
    *reason = strdup(text ? text : "it cannot be opened");
    carchive_close(archive);
    return NULL;
}

CArchive *carchive_open_files(
    const char *const *paths, size_t count, CArchiveKind kind, char **reason) {
    CArchive *archive = open_files(paths, count, kind, 0, reason);
    if (archive || kind != CARCHIVE_ZIP || !*reason)
        return archive;
    // A zip that is cut short has no list of members at its end.
    free(*reason);
    *reason = NULL;
    return open_files(paths, count, kind, 1, reason);
}

CArchive *carchive_open_member(CArchive *outer, CArchiveKind kind) {
    CArchive *archive = new_archive(outer, kind, 1);
    if (!archive)
        return NULL;
    // What goes wrong while opening comes up again at the first member.
    archive_read_open(archive->reader, archive, NULL, read_outer, NULL);
    return archive;
}

static CArchiveType type_of(struct archive_entry *entry) {
    if (archive_entry_hardlink(entry) || archive_entry_symlink(entry))
        return CARCHIVE_LINK;
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
        return CARCHIVE_FILE;
    case AE_IFDIR:
        return CARCHIVE_FOLDER;
    case AE_IFLNK:
        return CARCHIVE_LINK;
    default:
        return CARCHIVE_DEVICE;
    }
}

/// Passes over what is left of the current member. libarchive unpacks a member
/// of a zip to find its end where nothing else tells it, in one call however
/// much comes out; here that is counted.
static int skip(CArchive *archive) {
    int is_zip =
        (archive_format(archive->reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
    if (!is_zip || !archive->streams)
        return archive_read_data_skip(archive->reader);
    const void *bytes;
    size_t count;
    la_int64_t offset;
    int code;
    do {
        code = archive_read_data_block(archive->reader, &bytes, &count, &offset);
        if (code >= ARCHIVE_WARN)
            carchive_count(&archive->budget, (int64_t)count);
        if (carchive_is_spent(&archive->budget))
            return ARCHIVE_FATAL;
    } while (code == ARCHIVE_OK || code == ARCHIVE_WARN || code == ARCHIVE_RETRY);
    // What cannot be unpacked, as for want of a password, may still be passed over.
    return code == ARCHIVE_EOF ? ARCHIVE_OK : archive_read_data_skip(archive->reader);
}

/// What came out of a compression is no archive: another compressed file, if
/// it begins as one.
static int what_is_raw(CArchive *archive) {
    static const unsigned char starts[][4] = {
        {0x1F, 0x8B, 0x08, 0}, {0x28, 0xB5, 0x2F, 0xFD}, {0xFD, '7', 'z', 'X'}, {'B', 'Z', 'h', 0},
    };
    unsigned char start[4] = {0};
    la_ssize_t got = archive_read_data(archive->reader, start, sizeof start);
    for (size_t i = 0; got == sizeof start && i < sizeof starts / sizeof *starts; i++) {
        size_t length = starts[i][3] ? 4 : 3;
        if (!memcmp(start, starts[i], length))
            return CARCHIVE_NESTED;
    }
    return CARCHIVE_FATAL;
}

/// Goes to the next header. A tar's end is marked by blocks of zeros; where the
/// data end without them, between two members, libarchive sees nothing wrong,
/// but more members may have been there.
static int next_header(CArchive *archive, struct archive_entry **entry) {
    if (archive->has_member && skip(archive) == ARCHIVE_FATAL)
        return CARCHIVE_FATAL;
    la_int64_t before = archive_filter_bytes(archive->reader, 0);
    int code = archive_read_next_header(archive->reader, entry);
    int format = archive_format(archive->reader) & ARCHIVE_FORMAT_BASE_MASK;
    if (code == ARCHIVE_EOF && archive->has_member && format == ARCHIVE_FORMAT_TAR &&
        archive_filter_bytes(archive->reader, 0) == before)
        return CARCHIVE_NO_END;
    archive->has_member = archive->has_member || code >= ARCHIVE_WARN;
    if (code >= ARCHIVE_WARN && format == ARCHIVE_FORMAT_RAW)
        return what_is_raw(archive);
    if (code < ARCHIVE_WARN && archive_read_has_encrypted_entries(archive->reader) == 1)
        return CARCHIVE_ENCRYPTED;
    return status(code);
}

int carchive_next(CArchive *archive, CArchiveMember *member) {
    struct archive_entry *entry = NULL;
    archive->peeked_count = archive->peeked_used = 0;
    locale_t utf8 = utf8_locale();
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    int result = next_header(archive, &entry);
    if (result == CARCHIVE_OK) {
        member->name = archive_entry_pathname(entry);
        if (!member->name)
            member->name = archive_entry_pathname_utf8(entry);
        if (!member->name)
            member->name = "";
        member->type = type_of(entry);
        member->size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1;
        member->offset = archive_read_header_position(archive->reader);
        member->is_encrypted = archive_entry_is_encrypted(entry);
        member->is_sparse = archive_entry_sparse_count(entry) > 0;
    }
    if (utf8)
        uselocale(before);
    return result < 0 && carchive_is_spent(&archive->budget) ? CARCHIVE_TOO_MUCH : result;
}

/// Reads until `count` bytes are there or the member ends.
static int64_t read_fully(CArchive *archive, char *buffer, size_t count) {
    size_t done = 0;
    while (done < count) {
        la_ssize_t got = archive_read_data(archive->reader, buffer + done, count - done);
        if (got == ARCHIVE_RETRY)
            continue;
        if (got == ARCHIVE_WARN)
            return CARCHIVE_FAILED;
        if (got < 0)
            return carchive_is_spent(&archive->budget) ? CARCHIVE_TOO_MUCH : status((int)got);
        if (got == 0)
            break;
        done += (size_t)got;
        carchive_count(&archive->budget, got);
        if (carchive_is_spent(&archive->budget))
            return CARCHIVE_TOO_MUCH;
    }
    return (int64_t)done;
}

int64_t carchive_peek(CArchive *archive, const void **bytes, size_t count) {
    if (count > peek_size)
        count = peek_size;
    if (archive->peeked_count < count) {
        int64_t got = read_fully(
            archive, archive->peeked + archive->peeked_count, count - archive->peeked_count);
        if (got < 0)
            return got;
        archive->peeked_count += (size_t)got;
    }
    *bytes = archive->peeked;
    return (int64_t)(archive->peeked_count < count ? archive->peeked_count : count);
}

int64_t carchive_read(CArchive *archive, void *buffer, size_t count) {
    size_t kept = archive->peeked_count - archive->peeked_used;
    if (kept > 0) {
        if (kept > count)
            kept = count;
        memcpy(buffer, archive->peeked + archive->peeked_used, kept);
        archive->peeked_used += kept;
        return (int64_t)kept;
    }
    return read_fully(archive, buffer, count);
}

int64_t carchive_bytes_taken(CArchive *archive) {
    return archive_filter_bytes(archive->reader, -1);
}

void carchive_close(CArchive *archive) {
    if (!archive)
        return;
    if (archive->reader)
        archive_read_free(archive->reader);
    carchive_close_parts(archive->parts);
    free(archive->block);
    free(archive);
    atomic_fetch_sub(&live_count, 1);
}

int carchive_live_count(void) {
    return atomic_load(&live_count);
}

void carchive_free(void *pointer) {
    free(pointer);
}
