#ifndef CEXIV2_H
#define CEXIV2_H

#include <stddef.h>
#include <stdint.h>

/// Fixed-argument, exception-free forms of the few things asked of Exiv2.
/// Functions that can fail return null or -1 and set `*error` to a text that
/// the caller frees with `cexiv2_free`. None of them prints.

#ifdef __cplusplus
extern "C" {
#endif

/// A photo's EXIF, XMP, IPTC and comment, apart from any file.
typedef struct CExiv2Metadata CExiv2Metadata;

typedef enum {
    CEXIV2_EXIF,  // a TIFF structure, little-endian
    CEXIV2_XMP,   // an XMP packet
    CEXIV2_IPTC,  // IPTC-IIM datasets
} CExiv2Block;

/// What XMP says that a file holds besides its picture.
enum {
    CEXIV2_CLAIMS_GAIN_MAP = 1,
    CEXIV2_CLAIMS_MOTION = 2,
    CEXIV2_CLAIMS_PICTURES = 4,
    CEXIV2_CLAIMS_CONTAINER = 8,   // a list of what the file holds
    CEXIV2_CLAIMS_EXTENSION = 16,  // more XMP
};

/// What the new file is, and what made it.
typedef struct {
    int width;
    int height;
    int has_iptc;      // the new file's format has a place for IPTC
    int has_comment;   // ... and for a plain comment, as JPEG does
    const char *agent;  // "Autochrome 1.0"
    const char *model;
    const char *when;    // ISO 8601
} CExiv2Provenance;

/// Reads a file's metadata; a format Exiv2 does not know has none.
CExiv2Metadata *cexiv2_read(const char *path, char **error);

/// Metadata with nothing in it.
CExiv2Metadata *cexiv2_empty(char **error);

/// Whether there is a block of the kind.
int cexiv2_has(const CExiv2Metadata *metadata, CExiv2Block block);

/// The XMP packet that Exiv2 read but could not decode; 0 bytes for none.
/// They stay there as long as the metadata.
size_t cexiv2_undecoded_xmp(const CExiv2Metadata *metadata, const void **bytes);

/// Forgets what XMP says of further parts of the file, for they are not in a
/// new one. `*claims` becomes what that was.
int cexiv2_drop_claims(CExiv2Metadata *metadata, int *claims, char **error);

/// Adds the properties of a packet that are not there yet.
int cexiv2_merge_xmp(
    CExiv2Metadata *metadata, const void *bytes, size_t count, char **error);

/// Moves the longest properties of XMP into a packet of their own until the
/// rest has at most `limit` bytes. The caller frees it with `cexiv2_free`;
/// null where nothing had to go.
int cexiv2_split_xmp(
    CExiv2Metadata *metadata, size_t limit, void **bytes, size_t *count, char **error);

/// Says in XMP where the packet of the longest properties is: its MD5, in 32
/// digits.
int cexiv2_point_to_extension(
    CExiv2Metadata *metadata, const char *digest, char **error);

/// Adds a block as it stands in a file, unless there is one of its kind; -1
/// where Exiv2 can make nothing of it.
int cexiv2_add(
    CExiv2Metadata *metadata, CExiv2Block block, const void *bytes, size_t count,
    char **error);

/// Makes the metadata those of the coloured photo: upright, sRGB, without the
/// old thumbnail and the old file's layout, with its provenance.
int cexiv2_prepare(
    CExiv2Metadata *metadata, const CExiv2Provenance *provenance, char **error);

/// Forgets the XMP.
void cexiv2_clear_xmp(CExiv2Metadata *metadata);

/// Replaces the comment; stays without one where there is no memory.
void cexiv2_set_comment(CExiv2Metadata *metadata, const void *bytes, size_t count);

/// Forgets the comment.
void cexiv2_clear_comment(CExiv2Metadata *metadata);

/// The bytes of the comment.
size_t cexiv2_comment_size(const CExiv2Metadata *metadata);

/// The bytes that all EXIF values take together. Past 64 KB Exiv2 leaves out
/// the largest of them on encoding, for that is what JPEG holds.
long cexiv2_exif_size(const CExiv2Metadata *metadata);

/// Encodes a block into memory that the caller frees with `cexiv2_free`;
/// `*bytes` is null when there is nothing of the kind.
int cexiv2_encode(
    const CExiv2Metadata *metadata, CExiv2Block block, void **bytes, size_t *count,
    char **error);

/// Replaces the metadata of a JPEG or WebP file; its profile stays.
int cexiv2_write(const CExiv2Metadata *metadata, const char *path, char **error);

/// A value as text, for tests: "Exif.Image.Artist", "Xmp.dc.title",
/// "Iptc.Application2.Caption"; null when there is none. Freed by `cexiv2_free`.
char *cexiv2_value(const CExiv2Metadata *metadata, const char *key, char **error);

void cexiv2_release(CExiv2Metadata *metadata);
void cexiv2_free(void *pointer);

#ifdef __cplusplus
}
#endif
#endif
