#ifndef CARCHIVE_PARTS_H
#define CARCHIVE_PARTS_H

#include "Budget.h"
#include <archive.h>
#include <stddef.h>

/// Files that are one when put together. libarchive can do this itself, but
/// frees what its gzip filter still holds when that looks beyond the first
/// file (3.6.2).
typedef struct Parts Parts;

/// Opens the files; null, with the reason in `reader`, where one cannot be.
Parts *carchive_open_parts(struct archive *reader, const char *const *paths, size_t count);

/// Lets `reader` read them; the result is libarchive's.
int carchive_read_parts(struct archive *reader, Parts *parts, Budget *budget);

/// Bytes of all of them.
int64_t carchive_parts_size(const Parts *parts);

void carchive_close_parts(Parts *parts);

#endif
