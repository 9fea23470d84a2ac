internal import Crypto
internal import SystemPackage

extension FilePath {
    /// Bytes of a name that go into its part's name as they are; longer names are cut.
    private static let keptLength = 230

    /// The hidden path beside this one under which the file grows: `.photo.jpg.part` for
    /// `photo.jpg`; nil where this is not the name of a file.
    ///
    /// Different names have different parts, and no part's name passes the 255 bytes that file
    /// systems hold.
    var part: FilePath? {
        guard lastComponent != nil else { return nil }
        return removingLastComponent().appending(
            name: Array(".".utf8) + Self.shortened(lastName) + Array(".part".utf8))
    }

    /// A long name is cut before a character and goes on with a sum of the whole. It stays longer
    /// than those that are not cut, so it is none of them.
    private static func shortened(_ name: [UInt8]) -> [UInt8] {
        guard name.count > keptLength else { return name }
        var sum = SHA256()
        name.withUnsafeBytes { sum.update(bufferPointer: $0) }
        let digits = sum.finalize().prefix(8).map { $0.padded(2, radix: 16) }.joined()
        return name.wholePrefix(keptLength) + Array("-\(digits)".utf8)
    }
}
