internal import CVips

/// A photograph whose file is in memory: the facts of its header, and its pixels.
package struct StoredPhoto: ScalablePhoto {
    /// Whose file this is, for messages.
    package let name: String
    /// In pixels, after the EXIF orientation.
    package let width: Int
    /// In pixels, after the EXIF orientation.
    package let height: Int
    private let bands: Int
    private let bytes: [UInt8]
    private let format: PhotoFormat

    /// Reads the header of a file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: whose file it is, for messages.
    /// - Throws: `PhotoError` for anything but a photograph of 8 or 16 bits.
    package init(_ bytes: [UInt8], name: String) throws(PhotoError) {
        try PhotoLibrary.start()
        guard let format = PhotoFormat(content: Array(bytes.prefix(PhotoFormat.signatureLength)))
        else { throw .notAPhoto(file: name) }
        var header = CVipsHeader()
        var message: UnsafeMutablePointer<CChar>?
        let refusal = bytes.withUnsafeBytes { buffer in
            cvips_read_header_data(
                CVipsBytes(bytes: buffer.baseAddress, count: buffer.count), format.container,
                &header, &message)
        }
        let detail = PhotoLibrary.taking(message)
        if let error = PhotoError(refusal: refusal, header, file: name, detail: detail) {
            throw error
        }
        (width, height) = (Int(header.width), Int(header.height))
        bands = Int(header.bands)
        (self.bytes, self.name, self.format) = (bytes, name, format)
    }

    package func scaled(width: Int, height: Int) throws(PhotoError) -> ScaledPhoto {
        var message: UnsafeMutablePointer<CChar>?
        var result: Int32 = 0
        let count = width * height * bands
        let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            buffer.initialize(repeating: 0)
            result = bytes.withUnsafeBytes { bytes in
                cvips_scale_data(
                    CVipsBytes(bytes: bytes.baseAddress, count: bytes.count), format.container,
                    Int32(width), Int32(height), buffer.baseAddress, &message)
            }
            initialized = count
        }
        let detail = PhotoLibrary.taking(message)
        guard result == 0 else { throw .damaged(file: name, detail: detail) }
        return ScaledPhoto(width: width, height: height, channels: bands, values: values)
    }
}
