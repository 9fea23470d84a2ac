/// The index of a multi-picture file (CIPA DC-007): a TIFF structure that lists the pictures.
enum PictureIndex {
    private static let entriesTag = 0xB002
    private static let entryLength = 16

    /// Whether it lists pictures besides the first that are no smaller ones of the same.
    static func hasFurtherPictures(_ block: [UInt8]) -> Bool {
        guard let reader = TIFFReader(bytes: block),
            let entries = reader.firstDirectory()?.entries.first(where: { $0.tag == entriesTag }),
            case .bytes(let bytes) = entries.value
        else { return false }
        let order = reader.layout.order
        return stride(from: entryLength, through: bytes.count - entryLength, by: entryLength)
            .contains { start in
                // Type 1 in the upper of three bytes: a preview, large or small.
                let attribute = order.integer(bytes[start..<start + 4]) ?? 0
                return attribute >> 16 & 0xFF != 1
            }
    }
}
