/// Photoshop's image resources (Adobe Photoshop file formats specification, "Image resource
/// blocks").
enum PhotoshopResources {
    private static let iptcNumber = 0x0404

    /// The IPTC datasets in them, one after the other; nil for none.
    static func iptc(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = ByteReader(bytes)
        var iptc: [UInt8] = []
        // A signature, a number, a name of even length with its own, and the data of even length.
        while reader.text(4) == "8BIM", let number = reader.integer(2),
            let nameLength = reader.integer(1), reader.skip(nameLength | 1),
            let length = reader.integer(4), let data = reader.bytes(at: 0, count: length)
        {
            if number == iptcNumber { iptc += data }
            // The last one need not be filled up.
            guard reader.skip(length + length % 2) else { break }
        }
        return iptc.isEmpty ? nil : iptc
    }
}
