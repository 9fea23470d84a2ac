internal import Crypto
internal import SystemPackage

extension FilePath {
    /// The hidden path beside this one for what is made on the way to it: `.photo.jpg.part` for
    /// `photo.jpg` and ".part".
    ///
    /// Different names have different hidden ones, and none passes the 255 bytes that file systems
    /// hold.
    ///
    /// - Throws: `FileError` where this is not the name of a file.
    func hidden(_ ending: String) throws(FileError) -> FilePath {
        guard lastComponent != nil else {
            throw FileError(path: self, reason: "not the name of a file")
        }
        // After a dot, and before a mark and the ending.
        let kept = Self.shortened(lastName, keeping: 255 - 1 - 17 - ending.utf8.count)
        return removingLastComponent().appending(name: Array(".".utf8) + kept + ending.utf8)
    }

    /// A long name is cut before a character and goes on with a mark of 17 bytes, a sum of the
    /// whole. It stays longer than those that are not cut, so it is none of them.
    private static func shortened(_ name: [UInt8], keeping count: Int) -> [UInt8] {
        guard name.count > count else { return name }
        var sum = SHA256()
        name.withUnsafeBytes { sum.update(bufferPointer: $0) }
        let digits = sum.finalize().prefix(8).map { $0.padded(2, radix: 16) }.joined()
        return name.wholePrefix(count) + Array("-\(digits)".utf8)
    }
}
