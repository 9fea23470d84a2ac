internal import SystemPackage

/// Bytes out of a pipe, in the amounts that a reader asks for. Blocks until they are there.
final class ByteSource {
    private let descriptor: FileDescriptor
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var position = 0
    private var end = 0

    init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

    /// The next byte, or nil at the end.
    func byte() throws -> UInt8? {
        guard try position < end || fill() else { return nil }
        defer { position += 1 }
        return buffer[position]
    }

    /// Exactly so many bytes, or nil when the end comes before.
    func bytes(_ count: Int) throws -> [UInt8]? {
        var isWhole = true
        let bytes = try [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            filled = min(count, end - position)
            for index in 0..<filled { target[index] = buffer[position + index] }
            position += filled
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(target)[filled..<count]
                let read = try descriptor.read(
                    into: UnsafeMutableRawBufferPointer(rebasing: rest))
                guard read > 0 else { break }
                filled += read
            }
            isWhole = filled == count
        }
        return isWhole ? bytes : nil
    }

    /// A number of NUT.
    func number() throws -> UInt64 {
        try NUT.number { try byte() }
    }

    private func fill() throws -> Bool {
        position = 0
        end = try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
        return end > 0
    }
}
