#include "Metadata.hpp"

#include <algorithm>
#include <set>

namespace {

using Exiv2::ExifData;
using Exiv2::XmpData;

// Tags that describe how the old file stored its pixels (TIFF 6.0 and its
// technical notes), and blocks that are handled as blocks of their own.
const std::set<uint16_t> layoutTags = {
    254, 255, 256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 280, 281, 284, 290, 291,
    292, 293, 297, 301, 317, 318, 319, 320, 322, 323, 324, 325, 330, 332, 333, 334, 336,
    337, 338, 339, 340, 341, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530,
    531, 532, 700, 33723, 34377, 34675, 37724};

bool isPhotoGroup(const std::string &group) {
    return group != "Thumbnail" && group.rfind("SubImage", 0) != 0 &&
           !(group.rfind("Image", 0) == 0 && group != "Image");
}

void dropLayout(ExifData &exif) {
    Exiv2::ExifThumb(exif).erase();
    for (auto datum = exif.begin(); datum != exif.end();) {
        bool isImage = datum->groupName() == "Image";
        bool drop = !isPhotoGroup(datum->groupName()) ||
                    (isImage && layoutTags.count(datum->tag()));
        datum = drop ? exif.erase(datum) : std::next(datum);
    }
}

template <typename Value>
void replace(ExifData &exif, const char *key, Value value) {
    if (exif.findKey(Exiv2::ExifKey(key)) != exif.end())
        exif[key] = value;
}

void replace(XmpData &xmp, const char *key, const std::string &value) {
    if (xmp.findKey(Exiv2::XmpKey(key)) != xmp.end())
        xmp[key] = value;
}

bool has(const XmpData &xmp, const std::string &key) {
    return xmp.findKey(Exiv2::XmpKey(key)) != xmp.end();
}

void prepareExif(ExifData &exif, const CExiv2Provenance &provenance) {
    dropLayout(exif);
    replace<uint16_t>(exif, "Exif.Image.Orientation", 1);
    replace<uint32_t>(exif, "Exif.Photo.PixelXDimension", provenance.width);
    replace<uint32_t>(exif, "Exif.Photo.PixelYDimension", provenance.height);
    // 1 is sRGB, and R98 its mark for interchange (Exif 2.32, 4.6.5 and 4.6.7).
    replace<uint16_t>(exif, "Exif.Photo.ColorSpace", 1);
    replace<std::string>(exif, "Exif.Iop.InteroperabilityIndex", "R98");
    if (exif.findKey(Exiv2::ExifKey("Exif.Image.Software")) == exif.end())
        exif["Exif.Image.Software"] = std::string(provenance.agent);
}

/// The XMP of a file without a place for IPTC takes over what only IPTC says.
void moveIPTC(CExiv2Metadata &metadata) {
    XmpData converted;
    Exiv2::copyIptcToXmp(metadata.iptc, converted);
    for (const auto &datum : converted)
        if (!has(metadata.xmp, datum.key()))
            metadata.xmp.add(datum);
    metadata.iptc.clear();
}

void dropOldPicture(XmpData &xmp) {
    // Erasing one by one would take the square of their number.
    XmpData kept;
    for (const auto &datum : xmp)
        if (datum.key().rfind("Xmp.xmp.Thumbnails", 0) != 0)
            kept.add(datum);
    xmp = kept;
}

std::string text(int number) {
    return std::to_string(number);
}

void describePixels(XmpData &xmp, const CExiv2Provenance &provenance) {
    replace(xmp, "Xmp.tiff.Orientation", "1");
    replace(xmp, "Xmp.tiff.ImageWidth", text(provenance.width));
    replace(xmp, "Xmp.tiff.ImageLength", text(provenance.height));
    replace(xmp, "Xmp.exif.PixelXDimension", text(provenance.width));
    replace(xmp, "Xmp.exif.PixelYDimension", text(provenance.height));
    replace(xmp, "Xmp.exif.ColorSpace", "1");
    replace(xmp, "Xmp.photoshop.ColorMode", "3");
    replace(xmp, "Xmp.photoshop.ICCProfile", "sRGB IEC61966-2.1");
}

/// Appends an event to the resource's history (XMP specification part 2, 1.2.8).
void addHistory(XmpData &xmp, const CExiv2Provenance &provenance) {
    const std::string history = "Xmp.xmpMM.History";
    int next = 1;
    for (const auto &datum : xmp)
        if (datum.key().rfind(history + "[", 0) == 0)
            next = std::max(next, 1 + std::atoi(datum.key().c_str() + history.size() + 1));
    if (!has(xmp, history)) {
        Exiv2::XmpTextValue sequence("");
        sequence.setXmpArrayType(Exiv2::XmpValue::xaSeq);
        xmp.add(Exiv2::XmpKey(history), &sequence);
    }
    const std::string event = history + "[" + text(next) + "]/stEvt:";
    xmp[event + "action"] = std::string("edited");
    xmp[event + "softwareAgent"] = std::string(provenance.agent);
    xmp[event + "when"] = std::string(provenance.when);
    xmp[event + "parameters"] =
        "colours predicted from lightness by model " + std::string(provenance.model);
}

void prepareXMP(XmpData &xmp, const CExiv2Provenance &provenance) {
    dropOldPicture(xmp);
    describePixels(xmp, provenance);
    xmp["Xmp.iptcExt.DigitalSourceType"] = std::string(
        "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced");
    if (!has(xmp, "Xmp.xmp.CreatorTool"))
        xmp["Xmp.xmp.CreatorTool"] = std::string(provenance.agent);
    addHistory(xmp, provenance);
}

/// A comment goes into EXIF where the new format has no place of its own.
void moveComment(CExiv2Metadata &metadata) {
    const Exiv2::ExifKey key("Exif.Photo.UserComment");
    if (!metadata.comment.empty() && metadata.exif.findKey(key) == metadata.exif.end())
        metadata.exif[key.key()] = "charset=Unicode " + metadata.comment;
    metadata.comment.clear();
}

}  // namespace

int cexiv2_prepare(
    CExiv2Metadata *metadata, const CExiv2Provenance *provenance, char **error) {
    return guarded(error, -1, [&] {
        if (!provenance->has_comment)
            moveComment(*metadata);
        prepareExif(metadata->exif, *provenance);
        if (!provenance->has_iptc && !metadata->iptc.empty())
            moveIPTC(*metadata);
        prepareXMP(metadata->xmp, *provenance);
        return 0;
    });
}
