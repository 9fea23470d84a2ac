package import SystemPackage

extension FilePath {
    /// The last dot of the name and what follows, if there is one past the name's beginning.
    private var ending: [UInt8] {
        let name = bytes.split(separator: UInt8(ascii: "/")).last ?? []
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else {
            return []
        }
        return Array(name[dot...])
    }

    /// File extension: the part of the name after its last dot.
    package var fileExtension: String? {
        ending.isEmpty ? nil : String(decoding: ending.dropFirst(), as: UTF8.self)
    }

    /// The path without the last dot of its name and what follows, and with `text` instead.
    package func replacingExtension(with text: String) -> FilePath {
        FilePath(bytes: bytes.dropLast(ending.count) + text.utf8)
    }
}
