#include "Metadata.hpp"

#include <memory>
#include <mutex>
#include <stdexcept>

namespace {

std::mutex xmpLock;

// Adobe's toolkit inside Exiv2 keeps global tables.
void lockXMP(void *lock, bool on) {
    auto *mutex = static_cast<std::mutex *>(lock);
    on ? mutex->lock() : mutex->unlock();
}

char *copied(const void *bytes, size_t count) {
    auto *copy = static_cast<char *>(std::malloc(count + 1));
    if (!copy)
        throw std::bad_alloc();
    std::memcpy(copy, bytes, count);
    copy[count] = '\0';
    return copy;
}

}  // namespace

void startExiv2() {
    static const bool started = [] {
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
        Exiv2::XmpParser::initialize(lockXMP, &xmpLock);
        // Of the pointer to what passes a segment of JPEG.
        Exiv2::XmpProperties::registerNs("http://ns.adobe.com/xmp/note/", "xmpNote");
#ifdef EXV_ENABLE_BMFF
        Exiv2::enableBMFF(true);
#endif
        return true;
    }();
    (void)started;
}

CExiv2Metadata *cexiv2_empty(char **error) {
    return guarded(error, static_cast<CExiv2Metadata *>(nullptr), [] {
        return new CExiv2Metadata();
    });
}

CExiv2Metadata *cexiv2_read(const char *path, char **error) {
    return guarded(error, static_cast<CExiv2Metadata *>(nullptr), [&] {
        auto metadata = std::make_unique<CExiv2Metadata>();
        if (Exiv2::ImageFactory::getType(path) == Exiv2::ImageType::none)
            return metadata.release();
        auto image = Exiv2::ImageFactory::open(path);
        image->readMetadata();
        metadata->exif = image->exifData();
        metadata->xmp = image->xmpData();
        metadata->iptc = image->iptcData();
        metadata->comment = image->comment();
        if (metadata->xmp.empty())
            metadata->undecoded = image->xmpPacket();
        return metadata.release();
    });
}

int cexiv2_add(
    CExiv2Metadata *metadata, CExiv2Block block, const void *bytes, size_t count,
    char **error) {
    return guarded(error, -1, [&] {
        auto *data = static_cast<const Exiv2::byte *>(bytes);
        int failed = 0;
        if (block == CEXIV2_EXIF && metadata->exif.empty())
            failed = Exiv2::ExifParser::decode(metadata->exif, data, count) ==
                     Exiv2::invalidByteOrder;
        if (block == CEXIV2_IPTC && metadata->iptc.empty())
            failed = Exiv2::IptcParser::decode(metadata->iptc, data, count);
        if (block == CEXIV2_XMP && metadata->xmp.empty())
            failed = Exiv2::XmpParser::decode(
                metadata->xmp, std::string(static_cast<const char *>(bytes), count));
        if (failed)
            throw std::runtime_error("Exiv2 cannot decode it");
        return 0;
    });
}

int cexiv2_has(const CExiv2Metadata *metadata, CExiv2Block block) {
    switch (block) {
    case CEXIV2_EXIF:
        return !metadata->exif.empty();
    case CEXIV2_XMP:
        return !metadata->xmp.empty();
    case CEXIV2_IPTC:
        return !metadata->iptc.empty();
    }
    return 0;
}

size_t cexiv2_undecoded_xmp(const CExiv2Metadata *metadata, const void **bytes) {
    *bytes = metadata->undecoded.data();
    return metadata->undecoded.size();
}

int cexiv2_encode(
    const CExiv2Metadata *metadata, CExiv2Block block, void **bytes, size_t *count,
    char **error) {
    *bytes = nullptr;
    *count = 0;
    return guarded(error, -1, [&] {
        Exiv2::Blob blob;
        std::string packet;
        if (block == CEXIV2_EXIF && !metadata->exif.empty())
            Exiv2::ExifParser::encode(blob, Exiv2::littleEndian, metadata->exif);
        if (block == CEXIV2_XMP && !metadata->xmp.empty())
            Exiv2::XmpParser::encode(packet, metadata->xmp);
        if (block == CEXIV2_IPTC && !metadata->iptc.empty()) {
            Exiv2::DataBuf data = Exiv2::IptcParser::encode(metadata->iptc);
            blob.assign(data.pData_, data.pData_ + data.size_);
        }
        if (!packet.empty())
            blob.assign(packet.begin(), packet.end());
        if (!blob.empty())
            *bytes = copied(blob.data(), blob.size());
        *count = blob.size();
        return 0;
    });
}

int cexiv2_write(const CExiv2Metadata *metadata, const char *path, char **error) {
    return guarded(error, -1, [&] {
        auto image = Exiv2::ImageFactory::open(path);
        image->readMetadata();
        image->setExifData(metadata->exif);
        image->setXmpData(metadata->xmp);
        image->setIptcData(metadata->iptc);
        if (!metadata->comment.empty())
            image->setComment(metadata->comment);
        image->writeMetadata();
        return 0;
    });
}

char *cexiv2_value(const CExiv2Metadata *metadata, const char *key, char **error) {
    return guarded(error, static_cast<char *>(nullptr), [&]() -> char * {
        std::string name = key, text;
        if (name.rfind("Exif.", 0) == 0) {
            auto found = metadata->exif.findKey(Exiv2::ExifKey(name));
            if (found == metadata->exif.end())
                return nullptr;
            text = found->toString();
        } else if (name.rfind("Iptc.", 0) == 0) {
            auto found = metadata->iptc.findKey(Exiv2::IptcKey(name));
            if (found == metadata->iptc.end())
                return nullptr;
            text = found->toString();
        } else {
            auto found = metadata->xmp.findKey(Exiv2::XmpKey(name));
            if (found == metadata->xmp.end())
                return nullptr;
            text = found->toString();
        }
        return copied(text.data(), text.size());
    });
}

void cexiv2_clear_xmp(CExiv2Metadata *metadata) {
    metadata->xmp.clear();
}

void cexiv2_set_comment(CExiv2Metadata *metadata, const void *bytes, size_t count) {
    guarded(nullptr, -1, [&] {
        metadata->comment.assign(static_cast<const char *>(bytes), count);
        return 0;
    });
}

void cexiv2_clear_comment(CExiv2Metadata *metadata) {
    metadata->comment.clear();
}

size_t cexiv2_comment_size(const CExiv2Metadata *metadata) {
    return metadata->comment.size();
}

long cexiv2_exif_size(const CExiv2Metadata *metadata) {
    long size = 0;
    for (const auto &datum : metadata->exif)
        size += datum.size();
    return size;
}

void cexiv2_release(CExiv2Metadata *metadata) {
    delete metadata;
}

void cexiv2_free(void *pointer) {
    std::free(pointer);
}
