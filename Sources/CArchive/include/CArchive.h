#ifndef CARCHIVE_H
#define CARCHIVE_H

#include <stddef.h>
#include <stdint.h>

/// Reading archives member by member in one pass: tar and zip, plain or in
/// gzip, Zstandard or xz. An archive inside an archive is read from the stream
/// of the outer one. Nothing here writes a file.
///
/// One compression is undone, never several: what comes out of it may be
/// another compressed file, by a few hundred bytes one without end. What is
/// unpacked, in all archives inside one another, is bounded by the size of the
/// files.

typedef struct CArchive CArchive;

enum {
    CARCHIVE_OK = 0,
    CARCHIVE_END = 1,
    CARCHIVE_FAILED = -1,     // this member only; the next one may be whole
    CARCHIVE_FATAL = -2,      // nothing more can be read
    CARCHIVE_NO_MEMORY = -3,
    CARCHIVE_NO_END = -4,     // whole so far, but without the mark of a tar's end
    CARCHIVE_NESTED = -5,     // compressed more than once
    CARCHIVE_TOO_MUCH = -6,   // unpacks to more than any archive of photographs
    CARCHIVE_ENCRYPTED = -7,  // the list of its members, so that none can be told
};

/// What a file's first bytes say it is.
typedef enum {
    CARCHIVE_TAR,
    CARCHIVE_ZIP,
    CARCHIVE_GZIP,
    CARCHIVE_ZSTD,
    CARCHIVE_XZ,
} CArchiveKind;

typedef enum {
    CARCHIVE_FILE,
    CARCHIVE_FOLDER,
    CARCHIVE_LINK,
    CARCHIVE_DEVICE,  // or a pipe or a socket
} CArchiveType;

/// What a member's header says. `name` is valid until the next member.
typedef struct {
    const char *name;  // its bytes as stored, or in UTF-8 where the format says so
    CArchiveType type;
    int64_t size;      // in bytes; -1 where only the end of the data tells
    int64_t offset;    // of the header, in the unpacked archive
    int is_encrypted;
    int is_sparse;     // a tar's file of which the holes are not stored
} CArchiveMember;

/// Opens files that are one archive when put together. Returns null when there
/// is no memory, or when a file cannot be opened: `*reason` is then a text
/// that the caller frees with `carchive_free`.
CArchive *carchive_open_files(
    const char *const *paths, size_t count, CArchiveKind kind, char **reason);

/// Opens the current member of `outer` as an archive. Close it before the next
/// use of `outer`.
CArchive *carchive_open_member(CArchive *outer, CArchiveKind kind);

/// Goes to the next member. CARCHIVE_FATAL at the first one means that this is
/// no archive.
int carchive_next(CArchive *archive, CArchiveMember *member);

/// The current member's first bytes, at most `count` and 512, which later
/// reads give once more. Returns how many, or one of CARCHIVE_....
int64_t carchive_peek(CArchive *archive, const void **bytes, size_t count);

/// Reads on in the current member. Returns how many bytes, 0 at its end, or
/// one of CARCHIVE_....
int64_t carchive_read(CArchive *archive, void *buffer, size_t count);

/// How many times the size of the files what they unpack to may have, beside
/// the first GiB.
int64_t carchive_ratio_limit(void);

/// Number of bytes read of the files as stored.
int64_t carchive_bytes_taken(CArchive *archive);

void carchive_close(CArchive *archive);

/// Readers that are open now, in all threads.
int carchive_live_count(void);

void carchive_free(void *pointer);

#endif
