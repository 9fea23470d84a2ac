internal import SystemPackage

/// Reads a file line by line; what follows the last line break is no line.
struct LineReader: ~Copyable {
    /// Number of bytes of the lines handed out, including line breaks.
    private(set) var position = 0

    private let descriptor: FileDescriptor
    private var buffer: [UInt8] = []
    private var used = 0
    /// Where the next line break is looked for: there is none from `used` up to here.
    private var searched = 0

    init(_ path: FilePath) throws(Errno) {
        do {
            descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    deinit { try? descriptor.close() }

    /// The next line without its line break; nil at the end.
    ///
    /// - Throws: `Errno` where the file cannot be read on.
    mutating func next() throws(Errno) -> ArraySlice<UInt8>? {
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = buffer[used..<end]
                position += line.count + 1
                used = end + 1
                searched = used
                return line
            }
            searched = buffer.count
            guard try fill() else { return nil }
        }
    }

    /// Reads on; false at the end of the file.
    private mutating func fill() throws(Errno) -> Bool {
        let size = 256 << 10
        let part: [UInt8]
        do {
            part = try [UInt8](unsafeUninitializedCapacity: size) { bytes, initialized in
                initialized = try descriptor.read(into: UnsafeMutableRawBufferPointer(bytes))
            }
        } catch {
            throw error as? Errno ?? .ioError
        }
        guard !part.isEmpty else { return false }
        buffer.removeFirst(used)
        buffer += part
        (used, searched) = (0, searched - used)
        return true
    }
}
