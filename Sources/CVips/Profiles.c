#include "Profiles.h"
#include <glib.h>

// Photographs of one source share a few profiles, and trying one out takes as
// long as preparing a small photograph.
enum { memory_size = 16 };

typedef struct {
    GBytes *profile;  // null for none
    int is_grey;
    int answer;
} Known;

static GMutex lock;
static Known known[memory_size];
static int newest;

static int recall(GBytes *profile, int is_grey) {
    int answer = -1;
    g_mutex_lock(&lock);
    for (int i = 0; i < memory_size && answer < 0; i++)
        if (known[i].profile && known[i].is_grey == is_grey &&
            g_bytes_equal(known[i].profile, profile))
            answer = known[i].answer;
    g_mutex_unlock(&lock);
    return answer;
}

/// Takes `profile` over, in place of the one that was remembered longest ago.
static void remember(GBytes *profile, int is_grey, int answer) {
    g_mutex_lock(&lock);
    newest = (newest + 1) % memory_size;
    if (known[newest].profile)
        g_bytes_unref(known[newest].profile);
    known[newest] = (Known){profile, is_grey, answer};
    g_mutex_unlock(&lock);
}

int cvips_tried_profile(
    CVipsBytes profile, int is_grey, int (*try)(CVipsBytes profile, int is_grey)) {
    GBytes *copy = g_bytes_new(profile.bytes, profile.count);
    int answer = recall(copy, is_grey);
    if (answer >= 0) {
        g_bytes_unref(copy);
        return answer;
    }
    answer = try(profile, is_grey);
    remember(copy, is_grey, answer);
    return answer;
}
