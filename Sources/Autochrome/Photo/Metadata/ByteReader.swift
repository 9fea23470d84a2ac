/// Reads big-endian fields one after the other, never past the end.
struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    private init(rest: ArraySlice<UInt8>) { self.rest = rest }

    /// A number of `count` bytes; of no bytes it is 0.
    mutating func integer(_ count: Int) -> Int? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return ByteOrder.big.integer(rest.prefix(count))
    }

    mutating func text(_ count: Int) -> String? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return String(decoding: rest.prefix(count), as: UTF8.self)
    }

    /// Whether there were `count` bytes to skip.
    mutating func skip(_ count: Int) -> Bool {
        guard rest.count >= count else { return false }
        rest = rest.dropFirst(count)
        return true
    }

    /// The next box of an ISO base media file: its type and what is in it.
    mutating func box() -> (type: String, body: ByteReader)? {
        guard let length = integer(4), let type = text(4), length >= 8,
            rest.count >= length - 8
        else { return nil }
        defer { rest = rest.dropFirst(length - 8) }
        return (type, ByteReader(rest: rest.prefix(length - 8)))
    }

    /// Bytes counted from where this reader stands.
    func bytes(at offset: Int, count: Int) -> [UInt8]? {
        guard offset >= 0, count >= 0, offset <= rest.count - count else { return nil }
        return Array(rest.dropFirst(offset).prefix(count))
    }
}
