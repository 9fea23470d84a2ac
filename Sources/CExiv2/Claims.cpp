#include "Metadata.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <vector>

namespace {

using Exiv2::XmpData;
using Exiv2::Xmpdatum;

const std::string noteNamespace = "http://ns.adobe.com/xmp/note/";

std::string namespaceOf(const Xmpdatum &datum) {
    try {
        return Exiv2::XmpProperties::ns(datum.groupName());
    } catch (const Exiv2::AnyError &) {
        return {};
    }
}

bool startsWith(const std::string &text, const char *start) {
    return text.rfind(start, 0) == 0;
}

/// The property of the description that a datum is, or is part of.
std::string rootOf(const Xmpdatum &datum) {
    const std::string key = datum.key();
    return key.substr(0, key.find_first_of("[/"));
}

/// What a datum says the file holds besides its picture.
int claimOf(const Xmpdatum &datum) {
    const std::string space = namespaceOf(datum), name = datum.tagName();
    if (space == "http://ns.adobe.com/hdr-gain-map/1.0/" ||
        space == "http://ns.apple.com/HDRGainMap/1.0/")
        return CEXIV2_CLAIMS_GAIN_MAP;
    if (space == "http://ns.google.com/photos/1.0/camera/" &&
        (startsWith(name, "MotionPhoto") || startsWith(name, "MicroVideo")))
        return CEXIV2_CLAIMS_MOTION;
    if (space == "http://ns.google.com/photos/1.0/container/" ||
        (space == "http://ns.google.com/photos/dd/1.0/device/" && startsWith(name, "Container"))) {
        const std::string value = datum.toString();
        if (value == "GainMap")
            return CEXIV2_CLAIMS_GAIN_MAP;
        if (value == "MotionPhoto")
            return CEXIV2_CLAIMS_MOTION;
        return value == "Original" || value == "Depth" || value == "Confidence"
            ? CEXIV2_CLAIMS_PICTURES
            : CEXIV2_CLAIMS_CONTAINER;
    }
    if (space == noteNamespace && startsWith(name, "HasExtendedXMP"))
        return CEXIV2_CLAIMS_EXTENSION;
    return 0;
}

std::string encoded(const XmpData &xmp) {
    std::string packet;
    if (!xmp.empty() &&
        Exiv2::XmpParser::encode(
            packet, xmp,
            Exiv2::XmpParser::omitPacketWrapper | Exiv2::XmpParser::useCompactFormat))
        throw std::runtime_error("Exiv2 cannot encode its XMP");
    return packet;
}

}  // namespace

int cexiv2_drop_claims(CExiv2Metadata *metadata, int *claims, char **error) {
    *claims = 0;
    return guarded(error, -1, [&] {
        XmpData kept;
        for (const auto &datum : metadata->xmp) {
            int claim = claimOf(datum);
            *claims |= claim;
            if (!claim)
                kept.add(datum);
        }
        if (*claims)
            metadata->xmp = kept;
        return 0;
    });
}

int cexiv2_merge_xmp(
    CExiv2Metadata *metadata, const void *bytes, size_t count, char **error) {
    return guarded(error, -1, [&] {
        XmpData other;
        if (Exiv2::XmpParser::decode(
                other, std::string(static_cast<const char *>(bytes), count)))
            throw std::runtime_error("Exiv2 cannot decode it");
        std::map<std::string, bool> isNew;
        for (const auto &datum : metadata->xmp)
            isNew[rootOf(datum)] = false;
        for (const auto &datum : other)
            if (isNew.emplace(rootOf(datum), true).first->second)
                metadata->xmp.add(datum);
        return 0;
    });
}

int cexiv2_split_xmp(
    CExiv2Metadata *metadata, size_t limit, void **bytes, size_t *count, char **error) {
    *bytes = nullptr;
    *count = 0;
    return guarded(error, -1, [&] {
        std::map<std::string, size_t> sizes;
        for (const auto &datum : metadata->xmp)
            sizes[rootOf(datum)] += datum.key().size() + datum.toString().size();
        std::vector<std::pair<size_t, std::string>> longest;
        for (const auto &root : sizes)
            longest.emplace_back(root.second, root.first);
        std::sort(longest.rbegin(), longest.rend());
        const XmpData whole = metadata->xmp;
        XmpData extension;
        // Twice as many each time: encoding takes as long as there is XMP.
        for (size_t moved = 1; encoded(metadata->xmp).size() > limit; moved *= 2) {
            std::set<std::string> roots;
            for (size_t i = 0; i < std::min(moved, longest.size()); i++)
                roots.insert(longest[i].second);
            extension.clear();
            metadata->xmp.clear();
            for (const auto &datum : whole)
                (roots.count(rootOf(datum)) ? extension : metadata->xmp).add(datum);
        }
        const std::string packet = encoded(extension);
        if (packet.empty())
            return 0;
        *bytes = std::malloc(packet.size());
        if (!*bytes)
            throw std::bad_alloc();
        std::memcpy(*bytes, packet.data(), packet.size());
        *count = packet.size();
        return 0;
    });
}

int cexiv2_point_to_extension(
    CExiv2Metadata *metadata, const char *digest, char **error) {
    return guarded(error, -1, [&] {
        metadata->xmp["Xmp.xmpNote.HasExtendedXMP"] = std::string(digest);
        return 0;
    });
}
