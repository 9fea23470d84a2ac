internal import SystemPackage

extension FilePath {
    /// The bytes of the last name.
    var lastName: [UInt8] { lastComponent.map { FilePath(root: nil, [$0]).bytes } ?? [] }
}

extension [UInt8] {
    /// The first bytes, at most so many, that end no character of UTF-8 halfway.
    func wholePrefix(_ count: Int) -> [UInt8] {
        guard count < self.count else { return self }
        // Bytes that go on with a character begin with the bits 10; no character has more than 3.
        let end = (Swift.max(0, count - 3)...count).last { self[$0] & 0xC0 != 0x80 }
        return Array(prefix(end ?? count))
    }
}
