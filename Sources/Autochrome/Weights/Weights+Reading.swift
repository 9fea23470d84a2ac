internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Weights {
    /// Reads a safetensors file and checks that it is whole.
    ///
    /// - Throws: `WeightsError`: missing, unreadable, cut short, malformed, of an unknown type.
    package init(reading file: String) throws(WeightsError) {
        try self.init(try Self.content(of: file), of: file)
    }

    /// The weights in the content of a safetensors file.
    init(_ data: Data, of file: String) throws(WeightsError) {
        let (header, start) = try Self.header(of: data, file: file)
        try Self.checkOffsets(header, start: start, size: data.count, file: file)
        self.init(file: file, tensors: [:], metadata: header.metadata)
        for (name, entry) in header.entries {
            let type = try Self.scalarType(of: entry, name: name, file: file)
            let bytes = entry.dataOffsets.map { data.startIndex + start + $0 }
            tensors[name] = StoredTensor(
                scalarType: type, shape: entry.shape, data: data[bytes[0]..<bytes[1]])
        }
    }

    /// A regular file's bytes.
    ///
    /// They are read, not mapped: the process would be killed when a mapped file is cut short by
    /// another one before its bytes are used.
    static func content(of file: String) throws(WeightsError) -> Data {
        let kind = FileFacts.kind(of: FilePath(file))
        guard kind == nil || kind == .file else {
            throw .unreadable(file: file, reason: "it is not a regular file")
        }
        do {
            return try Data(contentsOf: URL(fileURLWithPath: file))
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            throw .missing(file: file)
        } catch {
            throw .unreadable(file: file, reason: SystemError.reason(of: error))
        }
    }

    /// The header, and where the tensors' bytes begin.
    private static func header(
        of data: Data, file: String
    ) throws(WeightsError) -> (SafetensorsHeader, Int) {
        guard data.count >= 8 else {
            throw .cutShort(file: file, expected: 8, found: data.count)
        }
        let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // The format's own limit; a text or picture read as a length is far above it.
        guard length >= 2, length <= 100_000_000 else {
            throw .malformed(file: file, reason: "its header would be \(length) bytes long")
        }
        let start = 8 + Int(length)
        guard data.count >= start else {
            throw .cutShort(file: file, expected: start, found: data.count)
        }
        do {
            let json = data[(data.startIndex + 8)..<(data.startIndex + start)]
            return (try JSONDecoder().decode(SafetensorsHeader.self, from: json), start)
        } catch {
            throw .malformed(
                file: file, reason: "its header is not the JSON of names, types and offsets")
        }
    }

    private static func scalarType(
        of entry: SafetensorsHeader.Entry, name: String, file: String
    ) throws(WeightsError) -> ScalarType {
        guard let type = ScalarType(rawValue: entry.dtype) else {
            throw .unsupportedType(file: file, tensor: name, type: entry.dtype)
        }
        let offsets = entry.dataOffsets
        guard offsets[1] - offsets[0] == entry.byteCount(elementSize: type.size) else {
            throw .malformed(
                file: file,
                reason: "tensor \(name) of shape \(entry.shape) and type \(entry.dtype) is given "
                    + "\(offsets[1] - offsets[0]) bytes")
        }
        return type
    }

    /// The tensors have to follow each other without gap or overlap to the end of the file.
    private static func checkOffsets(
        _ header: SafetensorsHeader, start: Int, size: Int, file: String
    ) throws(WeightsError) {
        var end = 0
        let limit = Int.max / 2
        for (name, entry) in header.entries {
            let offsets = entry.dataOffsets
            guard offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1],
                offsets[1] < limit
            else { throw .malformed(file: file, reason: "tensor \(name) lies at \(offsets)") }
        }
        let ordered = header.entries.sorted {
            ($0.value.dataOffsets[0], $0.value.dataOffsets[1], $0.key)
                < ($1.value.dataOffsets[0], $1.value.dataOffsets[1], $1.key)
        }
        for (name, entry) in ordered {
            guard entry.dataOffsets[0] == end else {
                throw .malformed(
                    file: file,
                    reason: "tensor \(name) begins at \(entry.dataOffsets[0]), where the one "
                        + "before it ends at \(end)")
            }
            end = entry.dataOffsets[1]
        }
        if size < start + end {
            throw .cutShort(file: file, expected: start + end, found: size)
        }
        if size > start + end {
            throw .malformed(
                file: file, reason: "\(size - start - end) bytes follow its last tensor")
        }
    }
}
