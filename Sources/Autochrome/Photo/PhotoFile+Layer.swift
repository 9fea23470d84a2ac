internal import CVips
internal import SystemPackage

extension PhotoFile {
    /// The whole upright picture with its transparency, scaled to exactly `width` x `height`: red,
    /// green, blue and alpha of 8 bits, not premultiplied, in sRGB. Only where `hasAlpha`.
    ///
    /// - Throws: `PhotoError.damaged` where the data end early.
    /// - Complexity: one decoding pass, streamed; 20 bytes for a pixel of the result.
    func layer(width: Int, height: Int) throws(PhotoError) -> [UInt8] {
        var message: UnsafeMutablePointer<CChar>?
        var status: Int32 = 0
        let count = 4 * width * height
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            buffer.initialize(repeating: 0)
            status = PhotoContent.path(file.path).with(format) {
                cvips_layer($0, Int32(width), Int32(height), buffer.baseAddress, &message)
            }
            initialized = count
        }
        let detail = PhotoLibrary.taking(message, naming: file.path)
        guard status == 0 else { throw .damaged(file: file.name, detail: detail) }
        return pixels
    }
}
