/// Error with an image file. Every case names the file by its
/// path, and `description` is a whole sentence for the person at the terminal.
package enum PhotoError: Error, Equatable, Sendable {
    /// The operating system does not hand the file out; its reason.
    case unreadable(file: String, reason: String)
    /// A file of no bytes.
    case empty(file: String)
    /// Not one of the formats, going by its content.
    case notAPhoto(file: String)
    /// The header is damaged, or the data ends early; the decoder's words.
    case damaged(file: String, detail: String)
    /// A good file of a kind that is not a photograph of 8 or 16 bits.
    case unsupported(file: String, reason: String)
    /// The format decodes whole, and this one would take more than `limit` pixels.
    case tooLarge(file: String, width: Int, height: Int, limit: Int)
    /// The output's format holds no side of so many pixels.
    case tooLong(file: String, side: Int, format: PhotoFormat)
    /// The output cannot be made; the reason.
    case unwritable(file: String, reason: String)
    /// libvips does not start.
    case library(reason: String)
}

extension PhotoError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file): cannot be read: \(reason)."
        case .empty(let file):
            "\(file): empty; a photograph was expected."
        case .notAPhoto(let file):
            "\(file): not a photograph; \(PhotoFormat.list(PhotoFormat.allCases)) are read."
        case .damaged(let file, let detail):
            "\(file): truncated or damaged (\(detail))."
        case .unsupported(let file, let reason):
            "\(file): \(reason)."
        case .tooLarge(let file, let width, let height, let limit):
            "\(file): \(width) x \(height) pixels, which must be decoded whole; the limit is \(limit), "
                + "and --max-pixels raises it."
        case .tooLong(let file, let side, let format):
            "\(file): cannot be written: \(format.name) stores at most \(format.longestSide) pixels "
                + "a side, and this is \(side); choose --format tiff."
        case .unwritable(let file, let reason):
            "\(file): cannot be written: \(reason)."
        case .library(let reason):
            "libvips cannot be started: \(reason)."
        }
    }
}
