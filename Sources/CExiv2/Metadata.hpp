#ifndef CEXIV2_METADATA_HPP
#define CEXIV2_METADATA_HPP

#include "CExiv2.h"

#include <cstdlib>
#include <cstring>
#include <exiv2/exiv2.hpp>
#include <new>
#include <string>

struct CExiv2Metadata {
    Exiv2::ExifData exif;
    Exiv2::XmpData xmp;
    Exiv2::IptcData iptc;
    std::string comment;
    std::string undecoded;  // an XMP packet that Exiv2 could make nothing of
};

/// Starts Exiv2 once: no output, XMP behind a lock, HEIC and AVIF readable.
void startExiv2();

/// Runs `body`; whatever it throws becomes `*error` and `failure`.
template <typename Result, typename Body>
Result guarded(char **error, Result failure, Body body) {
    const char *text = "unknown error";
    std::string held;
    try {
        startExiv2();
        return body();
    } catch (const std::bad_alloc &) {
        text = "out of memory";
    } catch (const std::exception &problem) {
        try {
            held = problem.what();
            text = held.c_str();
        } catch (...) {
        }
    } catch (...) {
    }
    if (error)
        *error = strdup(text);
    return failure;
}

#endif
