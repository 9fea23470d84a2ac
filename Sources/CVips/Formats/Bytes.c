#include "Formats.h"

size_t cvips_read_at(VipsSource *source, int64_t offset, VipsPel *bytes, size_t count) {
    size_t done = 0;
    if (vips_source_seek(source, offset, SEEK_SET) < 0) {
        vips_error_clear();
        return 0;
    }
    while (done < count) {
        gint64 part = vips_source_read(source, bytes + done, count - done);
        if (part <= 0)
            break;
        done += (size_t)part;
    }
    return done;
}

uint64_t cvips_number(const VipsPel *bytes, size_t count) {
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value << 8 | bytes[i];
    return value;
}
