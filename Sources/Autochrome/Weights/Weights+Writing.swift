internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Weights {
    /// Writes a safetensors file, which appears whole or not at all: it is written beside its
    /// place, brought to disk, then renamed.
    ///
    /// - Throws: `WeightsError.unwritable`.
    package func write(to file: String) throws(WeightsError) {
        // A large element first, then by name, so that every tensor is aligned to its element.
        let ordered = tensors.sorted {
            (-$0.value.scalarType.size, $0.key) < (-$1.value.scalarType.size, $1.key)
        }
        let head = try Self.head(of: ordered, metadata: metadata, file: file)
        do throws(FileError) {
            let part = try PartialFile(for: FilePath(file))
            for data in [head] + ordered.map(\.value.data) {
                let written = data.withUnsafeBytes { bytes in
                    Result { () throws(FileError) in try part.write(bytes) }
                }
                try written.get()
            }
            _ = try part.commit(replacing: true)
        } catch {
            throw .unwritable(file: file, reason: error.reason)
        }
    }

    /// The length of the header and the header.
    private static func head(
        of ordered: [(key: String, value: StoredTensor)], metadata: [String: String], file: String
    ) throws(WeightsError) -> Data {
        var header = SafetensorsHeader()
        header.metadata = metadata
        var end = 0
        for (name, tensor) in ordered {
            let start = end
            end += tensor.data.count
            header.entries[name] = .init(
                dtype: tensor.scalarType.rawValue, shape: tensor.shape, dataOffsets: [start, end])
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var json = try? encoder.encode(header) else {
            throw .unwritable(file: file, reason: "cannot be written: its names are not UTF-8")
        }
        json.append(Data(repeating: UInt8(ascii: " "), count: padding(json)))
        return Data(UInt64(json.count).littleEndianBytes) + json
    }

    /// Spaces that bring the tensors to a multiple of eight bytes.
    private static func padding(_ json: Data) -> Int { (8 - json.count % 8) % 8 }
}
