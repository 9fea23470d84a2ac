#include "Budget.h"
#include "CArchive.h"
#include <errno.h>

static const int64_t free_bytes = (int64_t)1 << 30;
static const int64_t ratio = 200;

/// Compressed bytes out of which nothing comes, kept in memory by libarchive:
/// the name in a gzip header may go on for ever.
static const int64_t silence_limit = 64 << 20;

int64_t carchive_ratio_limit(void) {
    return ratio;
}

static const Budget *outermost(const Budget *budget) {
    while (budget->outer)
        budget = budget->outer;
    return budget;
}

void carchive_count(Budget *budget, int64_t bytes) {
    while (budget->outer)
        budget = budget->outer;
    budget->unpacked += bytes;
    if (budget->unpacked > free_bytes && (budget->unpacked - free_bytes) / ratio > budget->stored)
        budget->is_spent = 1;
}

int carchive_is_spent(const Budget *budget) {
    return outermost(budget)->is_spent;
}

int carchive_may_go_on(Budget *budget, struct archive *reader) {
    if (budget->is_filtered) {
        int64_t now = archive_filter_bytes(reader, 0);
        if (now > budget->seen) {
            carchive_count(budget, now - budget->seen);
            budget->seen = now;
            budget->silent = 0;
        }
    }
    if (carchive_is_spent(budget))
        archive_set_error(reader, EFBIG, "it unpacks to too much");
    else if (budget->silent > silence_limit)
        archive_set_error(reader, EFBIG, "nothing comes out of its compression");
    else
        return 1;
    return 0;
}

void carchive_took(Budget *budget, int64_t bytes) {
    if (budget->is_filtered)
        budget->silent += bytes;
}
