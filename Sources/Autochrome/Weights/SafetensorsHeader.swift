/// The JSON at the head of a safetensors file: what tensors there are and where.
///
/// Layout of the file: eight bytes with the header's length (little-endian), the header, then the
/// tensors' bytes, to which the offsets refer
/// (https://huggingface.co/docs/safetensors, "Format").
struct SafetensorsHeader: Codable {
    struct Entry: Codable {
        let dtype: String
        let shape: [Int]
        /// Where its bytes begin and end, counted from the end of the header.
        let dataOffsets: [Int]

        private enum CodingKeys: String, CodingKey {
            case dtype, shape
            case dataOffsets = "data_offsets"
        }

        /// Bytes the shape takes, or nil when it is no shape.
        func byteCount(elementSize: Int) -> Int? {
            var count = elementSize
            for size in shape {
                let (product, overflow) = count.multipliedReportingOverflow(by: size)
                if size < 0 || overflow { return nil }
                count = product
            }
            return count
        }
    }

    var metadata: [String: String] = [:]
    var entries: [String: Entry] = [:]

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
        static var metadata: Key { Key(stringValue: "__metadata__") }
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for key in container.allKeys {
            if key.stringValue == Key.metadata.stringValue {
                metadata = try container.decode([String: String].self, forKey: key)
            } else {
                entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        if !metadata.isEmpty { try container.encode(metadata, forKey: .metadata) }
        for (name, entry) in entries {
            try container.encode(entry, forKey: Key(stringValue: name))
        }
    }
}
