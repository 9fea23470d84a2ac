internal import CVips
package import SystemPackage

extension PhotoFile {
    /// Streams the photograph through `map`, row by row, to a new file.
    ///
    /// Rows come in sRGB encoding; `map` fills three colours a pixel and may be
    /// called from several threads at once, for different rows, and for parts
    /// of a row. The caller gives a temporary path, and removes what a failure
    /// leaves there.
    ///
    /// - Parameters:
    ///   - output: where the new file is made.
    ///   - name: its name in messages; nil for the path.
    ///   - options: what is written.
    ///   - map: fills in the colours.
    /// - Returns: warnings, each naming a file, on what the new file's format
    ///   cannot carry.
    /// - Throws: `PhotoError.damaged` where the input ends early,
    ///   `.unwritable` where the output cannot be made, `.tooLong` where its format holds no such
    ///   sides.
    @discardableResult
    package func write(
        to output: FilePath, name: String? = nil, options: PhotoWriteOptions,
        map: @Sendable (PhotoRow) -> Void
    ) throws(PhotoError) -> [String] {
        let output = PhotoPath(output, name: name)
        try check(options, output: output)
        let (metadata, losses) = try metadata(for: options)
        var warnings = losses
        let blocks =
            options.format.container == CVIPS_HEIF ? try metadata.blocks() : MetadataBlocks()
        try writePixels(to: output, options: options, blocks: blocks, map: map)
        if hasAlpha && !options.format.hasAlpha {
            warnings.append(
                "\(file.name): transparent parts become white; JPEG has no transparency.")
        }
        return try warnings + add(metadata, to: output, options: options)
    }

    private func check(_ options: PhotoWriteOptions, output: PhotoPath) throws(PhotoError) {
        let longest = max(options.compare ? 2 * width : width, height)
        guard longest <= options.format.longestSide else {
            throw .tooLong(file: output.name, side: longest, format: options.format)
        }
    }

    private func writePixels(
        to output: PhotoPath, options: PhotoWriteOptions, blocks: MetadataBlocks,
        map: (PhotoRow) -> Void
    ) throws(PhotoError) {
        var message: UnsafeMutablePointer<CChar>?
        let save = try saveOptions(options)
        let result = withoutActuallyEscaping(map) { map in
            var mapping = RowMapping(photo: self, map: map)
            return withUnsafeMutablePointer(to: &mapping) { mapping in
                save.with(blocks) { save in
                    PhotoContent.path(file.path).with(format) { file in
                        output.path.withPlatformString { output in
                            cvips_write(
                                file, output, save, { RowMapping.call($0, row: $1) }, mapping,
                                &message)
                        }
                    }
                }
            }
        }
        let detail = PhotoLibrary.taking(message, naming: file.path, output.path)
        if result == Int32(CVIPS_READING_FAILED) {
            throw .damaged(file: file.name, detail: detail)
        }
        guard result == 0 else {
            throw .unwritable(
                file: output.name, reason: FileBytes.obstacle(toWriting: output.path) ?? detail)
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

    /// A WebP or JPEG XL that lost nothing loses nothing; PNG and TIFF have no quality.
    private func quality(_ options: PhotoWriteOptions) throws(PhotoError) -> Int {
        if let quality = options.quality { return quality }
        if format == options.format, try isLossless() { return 100 }
        return options.format.defaultQuality ?? -1
    }

    private func isLossless() throws(PhotoError) -> Bool {
        switch format {
        case .webp: try WebPContent.isLossless(file)
        case .jxl: try JXLContent.isLossless(file)
        default: false
        }
    }

    /// A TIFF keeps its compression where that loses nothing; others, lossy or
    /// for two tones, become Deflate. A photograph from another format, too.
    private func tiffCompression(_ options: PhotoWriteOptions) throws(PhotoError) -> Int {
        guard format == .tiff, options.format == .tiff else { return CVIPS_TIFF_DEFLATE }
        switch try TIFFMetadata.compression(of: file) {
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
        (blocks.xmp ?? []).withUnsafeBytes { xmp in
            var save = self
            save.has_exif = blocks.exif == nil ? 0 : 1
            save.xmp = CVipsBytes(bytes: xmp.baseAddress, count: xmp.count)
            return body(&save)
        }
    }
}
