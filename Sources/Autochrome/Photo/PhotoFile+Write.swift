internal import CVips
package import SystemPackage

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
        to output: FilePath, options: PhotoWriteOptions, map: @Sendable (PhotoRow) -> Void
    ) throws(PhotoError) -> [String] {
        try check(options, output: output)
        let (metadata, losses) = try metadata(for: options)
        var warnings = losses
        let blocks =
            options.format.container == CVIPS_HEIF ? try metadata.blocks() : MetadataBlocks()
        try writePixels(to: output, options: options, blocks: blocks, map: map)
        if hasAlpha && !options.format.hasAlpha {
            warnings.append(
                "\(path): transparent parts become white; JPEG has no transparency.")
        }
        return try warnings + add(metadata, to: output, options: options)
    }

    private func check(_ options: PhotoWriteOptions, output: FilePath) throws(PhotoError) {
        let longest = max(options.compare ? 2 * width : width, height)
        guard longest <= options.format.longestSide else {
            throw .unwritable(
                file: output.string,
                reason: "\(options.format.name) holds at most \(options.format.longestSide) "
                    + "pixels a side, and this is \(longest); choose --format tiff")
        }
    }

    private func writePixels(
        to output: FilePath, options: PhotoWriteOptions, blocks: MetadataBlocks,
        map: (PhotoRow) -> Void
    ) throws(PhotoError) {
        var message: UnsafeMutablePointer<CChar>?
        let save = try saveOptions(options)
        let result = withoutActuallyEscaping(map) { map in
            var mapping = RowMapping(photo: self, map: map)
            return withUnsafeMutablePointer(to: &mapping) { mapping in
                save.with(blocks) { save in
                    PhotoContent.path(path).with(format) { file in
                        output.withPlatformString { output in
                            cvips_write(
                                file, output, save, { RowMapping.call($0, row: $1) }, mapping,
                                &message)
                        }
                    }
                }
            }
        }
        let detail = PhotoLibrary.taking(message)
        if result == Int32(CVIPS_READING_FAILED) {
            throw .damaged(file: path.string, detail: detail)
        }
        guard result == 0 else {
            throw .unwritable(
                file: output.string, reason: FileBytes.obstacle(toWriting: output) ?? detail)
        }
    }

    private func saveOptions(_ options: PhotoWriteOptions) throws(PhotoError) -> CVipsSave {
        var save = CVipsSave()
        save.container = options.format.container
        save.is_av1 = options.format == .avif ? 1 : 0
        save.quality = Int32(try quality(options))
        save.compare = options.compare ? 1 : 0
        save.tiff_compression = Int32(try tiffCompression(options))
        return save
    }

    /// A WebP that lost nothing loses nothing; PNG and TIFF have no quality.
    private func quality(_ options: PhotoWriteOptions) throws(PhotoError) -> Int {
        if let quality = options.quality { return quality }
        let staysWebP = format == .webp && options.format == .webp
        if staysWebP, try WebPContent.isLossless(path) { return 100 }
        return options.format.defaultQuality ?? -1
    }

    /// A TIFF keeps its compression where that loses nothing; others, lossy or
    /// for two tones, become Deflate. A photograph from another format, too.
    private func tiffCompression(_ options: PhotoWriteOptions) throws(PhotoError) -> Int {
        guard format == .tiff, options.format == .tiff else { return CVIPS_TIFF_DEFLATE }
        switch try TIFFMetadata.compression(of: path) {
        case 1: return CVIPS_TIFF_NONE
        case 5: return CVIPS_TIFF_LZW
        case 50000: return CVIPS_TIFF_ZSTD
        case 32773: return CVIPS_TIFF_PACKBITS
        default: return CVIPS_TIFF_DEFLATE
        }
    }
}

extension CVipsSave {
    /// Calls `body` with these options and the blocks' bytes.
    fileprivate func with<Result>(
        _ blocks: MetadataBlocks, _ body: (UnsafePointer<CVipsSave>) -> Result
    ) -> Result {
        (blocks.exif ?? []).withUnsafeBytes { exif in
            (blocks.xmp ?? []).withUnsafeBytes { xmp in
                var save = self
                save.exif = CVipsBytes(bytes: exif.baseAddress, count: exif.count)
                save.xmp = CVipsBytes(bytes: xmp.baseAddress, count: xmp.count)
                return body(&save)
            }
        }
    }
}
