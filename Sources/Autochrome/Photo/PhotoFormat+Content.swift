extension PhotoFormat {
    /// Bytes at a file's start that identify its format.
    static let signatureLength = 64

    /// Recognises a file by its first bytes (`signatureLength` of them, or all
    /// there are), whatever its name. HEIC and AVIF share a container,
    /// ISO/IEC 23008-12; its brands distinguish them.
    package init?(content bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if Self.isTIFF(bytes) {
            self = .tiff
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.has("WEBP", at: 8) {
            self = .webp
        } else if bytes.starts(with: [0xFF, 0x0A]) || bytes.has("JXL ", at: 4) {
            self = .jxl
        } else if bytes.has("ftyp", at: 4), let format = Self.heif(bytes) {
            self = format
        } else {
            return nil
        }
    }

    /// Identifies a file by its first bytes, or throws an error that names its kind.
    ///
    /// - Parameter file: whose bytes they are, for messages.
    init(content bytes: [UInt8], of file: String) throws(PhotoError) {
        if let format = Self(content: bytes) {
            self = format
        } else if Self.isCameraRaw(bytes) {
            throw .unsupported(
                file: file,
                reason: "a camera's raw file; develop it first, in darktable or RawTherapee, "
                    + "and save a TIFF")
        } else {
            throw .notAPhoto(file: file)
        }
    }

    /// Fujifilm, Panasonic, Olympus, Sigma, Minolta and Canon, where their files are no TIFF.
    private static func isCameraRaw(_ bytes: [UInt8]) -> Bool {
        let starts = ["FUJIFILMCCD-RAW", "IIU\0", "IIRO", "IIRS", "MMOR", "FOVb", "\0MRM"]
        return starts.contains { bytes.has($0, at: 0) } || bytes.has("HEAPCCDR", at: 6)
            || bytes.has("ftypcrx ", at: 4)
    }

    /// TIFF 6.0, section 2, and BigTIFF: byte order, then 42 or 43.
    private static func isTIFF(_ bytes: [UInt8]) -> Bool {
        [[0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43]]
            .contains { bytes.starts(with: $0) }
    }

    private static func heif(_ bytes: [UInt8]) -> PhotoFormat? {
        let length = Int(bytes[3]) + 256 * Int(bytes[2])
        let brands = stride(from: 8, to: min(length, bytes.count) - 3, by: 4)
            .filter { $0 != 12 }  // the minor version
            .map { String(decoding: bytes[$0..<$0 + 4], as: UTF8.self) }
        if brands.contains(where: { ["avif", "avis"].contains($0) }) { return .avif }
        let hevc = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]
        return brands.contains(where: hevc.contains) ? .heic : nil
    }
}

extension [UInt8] {
    fileprivate func has(_ text: String, at offset: Int) -> Bool {
        dropFirst(offset).starts(with: text.utf8)
    }
}
