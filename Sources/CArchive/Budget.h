#ifndef CARCHIVE_BUDGET_H
#define CARCHIVE_BUDGET_H

#include <archive.h>
#include <stdint.h>

/// How much a reader may unpack, and the readers inside it with it.
///
/// Photographs hardly get smaller by compression; scans of empty pages do, by
/// some hundred times. What grows further was made to fill a memory or a day.
typedef struct Budget {
    struct Budget *outer;  // null for files; theirs counts for all
    int64_t stored;        // bytes of the files
    int64_t unpacked;      // by all readers
    int is_spent;

    int is_filtered;  // whether this reader undoes a compression
    int64_t seen;     // bytes out of its compression that are counted
    int64_t silent;   // bytes taken in since any came out
} Budget;

/// Counts bytes that were unpacked otherwise than by a compression around all.
void carchive_count(Budget *budget, int64_t bytes);

/// Whether the reader may take more bytes in; else sets its error.
int carchive_may_go_on(Budget *budget, struct archive *reader);

/// Notes bytes that the reader takes in.
void carchive_took(Budget *budget, int64_t bytes);

/// Whether too much was unpacked, by whichever reader.
int carchive_is_spent(const Budget *budget);

#endif
