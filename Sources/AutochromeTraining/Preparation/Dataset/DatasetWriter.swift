internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Writes `dataset.json`, its photographs one by one: a line each.
struct DatasetWriter: ~Copyable {
    private let path: FilePath
    private let descriptor: FileDescriptor
    private let encoder: JSONEncoder
    private var buffer: [UInt8] = []
    private var isFirst = true

    init(_ path: FilePath) throws(Errno) {
        do {
            descriptor = try FileDescriptor.open(
                path, .writeOnly, options: [.truncate, .closeOnExec])
        } catch {
            throw error as? Errno ?? .ioError
        }
        self.path = path
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// Begins the description.
    ///
    /// - Parameter header: all but the photographs.
    mutating func begin(_ header: DatasetDescription) throws(PrepareError) {
        put("{\n\"format\": \(header.format)")
        try put("program", header.program)
        try put("settings", header.settings)
        try put("sources", header.sources)
        try put("counts", header.counts)
        try put("problems", header.problems)
        try put("colors", header.colors)
        put(",\n\"photographs\": [\n")
    }

    deinit { try? descriptor.close() }

    /// Adds a photograph.
    mutating func write(_ photograph: KeptPhotograph) throws(PrepareError) {
        if !isFirst { buffer += Array(",\n".utf8) }
        isFirst = false
        buffer += try json(
            DatasetDescription.Photograph(
                file: photograph.file, source: photograph.source, width: photograph.side,
                height: photograph.side, sourceWidth: photograph.sourceWidth,
                sourceHeight: photograph.sourceHeight))
        if buffer.count > 256 << 10 { try flush() }
    }

    /// Ends the description.
    mutating func finish() throws(PrepareError) {
        put(isFirst ? "]\n}\n" : "\n]\n}\n")
        try flush()
    }

    private mutating func put(_ key: String, _ value: some Encodable) throws(PrepareError) {
        buffer += try Array(",\n\"\(key)\": ".utf8) + json(value)
    }

    private mutating func put(_ text: String) { buffer += Array(text.utf8) }

    private func json(_ value: some Encodable) throws(PrepareError) -> [UInt8] {
        do {
            return [UInt8](try encoder.encode(value))
        } catch {
            throw .cannotWrite(path, reason: "\(error)")
        }
    }

    private mutating func flush() throws(PrepareError) {
        do {
            _ = try descriptor.writeAll(buffer)
        } catch {
            throw .cannotWrite(path, reason: "\(error)")
        }
        buffer = []
    }
}
