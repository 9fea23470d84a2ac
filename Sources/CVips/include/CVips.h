#ifndef CVIPS_H
#define CVIPS_H

#include <stddef.h>
#include <stdint.h>

/// Fixed-argument forms of the few things asked of libvips. A function that can
/// fail returns 0 for success and else -1, or the reasons that stand beside it;
/// one that gives a pointer returns null. A failure sets `*error` to a text that
/// the caller frees with `cvips_free`, unless its reason says it all. None of
/// them prints.

typedef enum {
    CVIPS_JPEG,
    CVIPS_PNG,
    CVIPS_TIFF,
    CVIPS_WEBP,
    CVIPS_HEIF,
    CVIPS_JXL,
} CVipsContainer;

/// What a file's header says, once it is known to be a photograph.
typedef struct {
    int width;          // upright: after the orientation is applied
    int height;
    int bits;           // 8 or 16 a sample, as rows are handed out
    int stored_bits;    // 8...16, as stored (10 and 12 occur in HEIC and AVIF)
    int bands;          // colour bands of the converted photo: 1 or 3
    int has_alpha;
    int channels;       // as stored, all of them
    int pages;
    int frames;         // of an animation, else 1
    int left_out;       // channels that are neither colours nor transparency
    int orientation;    // 1...8, EXIF's numbers
    int decodes_whole;  // not zero where the decoder holds the whole picture
    int is_av1;         // HEIF only
    int profile;        // what is done with the embedded profile: see below
} CVipsHeader;

enum {
    CVIPS_PROFILE_NONE,      // no profile: sRGB, sRGB's grey, or plain CMYK
    CVIPS_PROFILE_SRGB,      // gives what sRGB gives: left alone
    CVIPS_PROFILE_CONVERTED,
    CVIPS_PROFILE_UNUSABLE,  // damaged, or for other colour channels: ignored
};

/// Why `cvips_read_header` refused a file that a loader did open.
enum {
    CVIPS_REFUSED_DECODER = 1,  // `*error` is the decoder's own text
    CVIPS_REFUSED_CHANNELS,     // header->channels is not 1 to 4
    CVIPS_REFUSED_SAMPLES,      // neither 8 nor 16 bits a sample
    CVIPS_REFUSED_KIND,         // a whole file of a kind that is not read: `*error` says which
};

/// Starts libvips once: only the photo loaders, no operation cache, no output.
int cvips_start(char **error);

/// Whether some loader of libvips that is enabled opens `path`: 0, or -1.
int cvips_open(const char *path, char **error);

/// A file's content in memory.
typedef struct {
    const void *bytes;
    size_t count;
} CVipsBytes;

/// A file: at `path`, or in memory where that is null.
typedef struct {
    const char *path;
    CVipsBytes data;
    CVipsContainer container;
} CVipsFile;

/// Returns 0 or one of CVIPS_REFUSED_....
int cvips_read_header(const CVipsFile *file, CVipsHeader *header, char **error);

/// The whole photo, upright, in sRGB, scaled to width x height: `bands` floats
/// of 0...1 a pixel, interleaved, into `values`. `bands` is the header's.
int cvips_scale(
    const CVipsFile *file, int width, int height, float *values, char **error);

/// The whole picture, upright, in sRGB, scaled to width x height: red, green, blue and alpha, not
/// premultiplied, 8 bits each, into `pixels`. Only for a picture that has alpha.
int cvips_layer(
    const CVipsFile *file, int width, int height, uint8_t *pixels, char **error);

/// `width` pixels of row `y` from column `x`. `input` holds the header's bands
/// (and alpha) a pixel, `output` three (and alpha, which is already there).
typedef struct {
    int x;
    int y;
    int width;
    const void *input;
    void *output;
} CVipsRow;

/// Called from several threads at once, for different rows.
typedef void (*CVipsMap)(void *context, const CVipsRow *row);

enum {
    CVIPS_TIFF_NONE,
    CVIPS_TIFF_LZW,
    CVIPS_TIFF_DEFLATE,
    CVIPS_TIFF_ZSTD,
    CVIPS_TIFF_PACKBITS,
};

typedef struct {
    CVipsContainer container;
    int is_av1;            // HEIF only
    int quality;           // 1...100, where 100 loses nothing in WebP and JPEG XL; -1 for none
    int tiff_compression;  // CVIPS_TIFF_...
    int compare;           // before and after, side by side
    int has_exif;          // HEIF only: make an EXIF item, for the caller to fill
    CVipsBytes xmp;        // HEIF only: an XMP packet
} CVipsSave;

/// Why `cvips_write` stopped.
enum {
    CVIPS_READING_FAILED = 1,
    CVIPS_WRITING_FAILED,
};

/// Streams `file` through `map` to a new file `output`. Returns 0 or one of
/// CVIPS_..._FAILED.
int cvips_write(
    const CVipsFile *file, const char *output, const CVipsSave *save, CVipsMap map,
    void *context, char **error);

/// Has the process keep the memory of large buffers for the next ones.
void cvips_keep_memory(void);

/// Has the process keep little of the memory that it frees: to be called before it has threads.
void cvips_bound_memory(void);

/// Gives memory that was freed back to the system.
void cvips_return_memory(void);

/// How a photograph becomes a square to train on.
typedef struct {
    int size;         // pixels a side; less where the photograph has less
    int from_corner;  // the square is the upper left one, not the middle
    int is_article;   // see `cvips_square`
} CVipsSquare;

/// A photograph's file in memory, which stays there until `cvips_close`.
typedef struct CVipsPhoto CVipsPhoto;

/// Reads the header, like `cvips_read_header`. `*memory` becomes about how many
/// bytes `cvips_square` will need. Null for anything but a photograph, and `*refused`
/// becomes one of CVIPS_REFUSED_....
CVipsPhoto *cvips_open_data(
    CVipsBytes data, CVipsContainer container, const CVipsSquare *square,
    CVipsHeader *header, int64_t *memory, int *refused, char **error);

/// Cuts the square out of the upright photograph, scales it down if need be
/// and gives 8-bit sRGB, three samples a pixel, `*side` pixels a side, in
/// memory that the caller frees with `cvips_free`. The whole file is decoded,
/// so damage outside the square counts, too. To be called once.
///
/// With `is_article`, the shorter side is scaled to `size` bilinearly, up or
/// down, of the stored pixels: neither turned upright nor converted, but for
/// CMYK, which training cannot use.
int cvips_square(CVipsPhoto *photo, uint8_t **pixels, int *side, char **error);

void cvips_close(CVipsPhoto *photo);

/// Writes interleaved 8-bit sRGB as a JPEG, chroma at half the size, without
/// metadata, into memory that the caller frees with `cvips_free`. It goes to
/// the JPEG library itself: libvips would hand each strip to another thread.
int cvips_encode_jpeg(
    const uint8_t *pixels, int width, int height, int quality, CVipsBytes *jpeg,
    char **error);

/// `width` x `height` pixels of 8-bit RGB as a PNG file, whose bytes the caller
/// frees with `cvips_free`.
int cvips_encode_png(
    const uint8_t *pixels, int width, int height, CVipsBytes *file, char **error);

/// A text of a PNG file by its keyword, unpacked, which the caller frees with
/// `cvips_free`; null for none.
char *cvips_png_text(const char *path, const char *keyword);

/// The MD5 of bytes as 32 digits and a zero, into `digest`.
void cvips_digest(const void *bytes, size_t count, char digest[33]);

void cvips_free(void *pointer);

#endif
