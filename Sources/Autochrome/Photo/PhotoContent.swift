internal import CVips
internal import SystemPackage

/// Where a photograph's file is, and what libvips reads there.
enum PhotoContent: Sendable {
    case path(FilePath)
    case bytes([UInt8])

    /// Calls `body` with the file as libvips takes it.
    func with<Result>(
        _ format: PhotoFormat, _ body: (UnsafePointer<CVipsFile>) -> Result
    ) -> Result {
        var file = CVipsFile()
        file.container = format.container
        switch self {
        case .path(let path):
            return path.withPlatformString { path in
                file.path = path
                return body(&file)
            }
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { bytes in
                file.data = CVipsBytes(bytes: bytes.baseAddress, count: bytes.count)
                return body(&file)
            }
        }
    }

    /// The header.
    ///
    /// - Parameter name: whose file it is, for messages.
    /// - Throws: `PhotoError` for anything but a photograph of 8 or 16 bits.
    func header(_ format: PhotoFormat, name: String) throws(PhotoError) -> CVipsHeader {
        var header = CVipsHeader()
        var message: UnsafeMutablePointer<CChar>?
        let refusal = with(format) { cvips_read_header($0, &header, &message) }
        let detail = taking(message)
        if let error = PhotoError(refusal: refusal, header, file: name, detail: detail) {
            throw error
        }
        return header
    }

    /// The whole upright photograph, scaled to exactly `width` x `height`, in sRGB; alpha is
    /// ignored.
    ///
    /// - Parameter bands: the header's.
    /// - Throws: `PhotoError.damaged` where the data end early.
    func scaled(
        _ format: PhotoFormat, name: String, bands: Int, width: Int, height: Int
    ) throws(PhotoError) -> ScaledPhoto {
        var message: UnsafeMutablePointer<CChar>?
        var status: Int32 = 0
        let count = width * height * bands
        let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            buffer.initialize(repeating: 0)
            status = with(format) {
                cvips_scale($0, Int32(width), Int32(height), buffer.baseAddress, &message)
            }
            initialized = count
        }
        let detail = taking(message)
        guard status == 0 else { throw .damaged(file: name, detail: detail) }
        return ScaledPhoto(width: width, height: height, channels: bands, values: values)
    }

    private func taking(_ message: UnsafeMutablePointer<CChar>?) -> String {
        guard case .path(let path) = self else { return PhotoLibrary.taking(message) }
        return PhotoLibrary.taking(message, naming: path)
    }
}
