#ifndef CARCHIVE_H
#define CARCHIVE_H

#include <stddef.h>
#include <stdint.h>

/// Reading archives member by member in one pass: tar and zip, plain or in
/// gzip or Zstandard. An archive inside an archive is read from the stream of
/// the outer one. Nothing here writes a file.

typedef struct CArchive CArchive;

enum {
    CARCHIVE_OK = 0,
    CARCHIVE_END = 1,
    CARCHIVE_FAILED = -1,     // this member only; the next one may be whole
    CARCHIVE_FATAL = -2,      // nothing more can be read
    CARCHIVE_NO_MEMORY = -3,
};

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
} CArchiveMember;

/// Opens files that are one archive when put together. Returns null when there
/// is no memory, or when a file cannot be opened: `*reason` is then a text
/// that the caller frees with `carchive_free`.
CArchive *carchive_open_files(const char *const *paths, size_t count, char **reason);

/// Opens the current member of `outer` as an archive. Close it before the next
/// use of `outer`.
CArchive *carchive_open_member(CArchive *outer);

/// Goes to the next member. CARCHIVE_FATAL at the first one means that this is
/// no archive.
int carchive_next(CArchive *archive, CArchiveMember *member);

/// The current member's first bytes, at most `count` and 512, which later
/// reads give once more. Returns how many, or one of CARCHIVE_....
int64_t carchive_peek(CArchive *archive, const void **bytes, size_t count);

/// Reads on in the current member. Returns how many bytes, 0 at its end, or
/// one of CARCHIVE_....
int64_t carchive_read(CArchive *archive, void *buffer, size_t count);

/// How many bytes of the files, as they are stored, have been taken in.
int64_t carchive_bytes_taken(CArchive *archive);

void carchive_close(CArchive *archive);

/// Readers that are open now, in all threads.
int carchive_live_count(void);

void carchive_free(void *pointer);

#endif
