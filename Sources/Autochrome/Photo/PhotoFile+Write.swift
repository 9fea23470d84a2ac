internal import CVips
internal import Foundation

extension PhotoFile {
    /// Streams the photograph through `map`, row by row, to a new file.
    ///
    /// Rows come in sRGB encoding; `map` fills three colours a pixel and may be
    /// called from several threads at once, for different rows, and for parts
    /// of a row. The caller gives a temporary name, and removes what a failure
    /// leaves there.
    ///
    /// - Returns: warnings, each naming a file, on what the new file's format
    ///   cannot carry.
    /// - Throws: `PhotoError.damaged` where the input ends early,
    ///   `.unwritable` where the output cannot be made.
    @discardableResult
    package func write(
        to output: String, options: PhotoWriteOptions, map: @Sendable (PhotoRow) -> Void
    ) throws(PhotoError) -> [String] {
        try check(options, output: output)
        try writePixels(to: output, options: options, map: map)
        return hasAlpha && !options.format.hasAlpha
            ? ["\(path): transparent parts become white, since JPEG has no transparency."] : []
    }

    private func check(_ options: PhotoWriteOptions, output: String) throws(PhotoError) {
        let longest = max(options.compare ? 2 * width : width, height)
        guard longest <= options.format.longestSide else {
            throw .unwritable(
                file: output,
                reason: "\(options.format.name) holds at most \(options.format.longestSide) "
                    + "pixels a side, and this is \(longest); choose --format tiff")
        }
    }

    private func writePixels(
        to output: String, options: PhotoWriteOptions, map: (PhotoRow) -> Void
    ) throws(PhotoError) {
        var message: UnsafeMutablePointer<CChar>?
        var save = saveOptions(options)
        let result = withoutActuallyEscaping(map) { map in
            var mapping = RowMapping(photo: self, map: map)
            return withUnsafeMutablePointer(to: &mapping) { mapping in
                cvips_write(
                    path, format.container, output, &save,
                    { RowMapping.call($0, row: $1) }, mapping, &message)
            }
        }
        let detail = PhotoLibrary.taking(message)
        if result == Int32(CVIPS_READING_FAILED) {
            throw .damaged(file: path, detail: detail)
        }
        guard result == 0 else { throw .unwritable(file: output, reason: detail) }
    }

    private func saveOptions(_ options: PhotoWriteOptions) -> CVipsSave {
        var save = CVipsSave()
        save.container = options.format.container
        save.is_av1 = options.format == .avif ? 1 : 0
        save.quality = Int32(options.quality ?? options.format.defaultQuality ?? -1)
        save.compare = options.compare ? 1 : 0
        return save
    }
}
