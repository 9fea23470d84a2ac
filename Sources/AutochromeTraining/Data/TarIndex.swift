internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where the files in a plain tar archive lie, found by going from header to header: POSIX ustar,
/// with the long names of pax and of GNU tar.
struct TarIndex {
    /// A file in an archive.
    struct Member: Equatable {
        let name: String
        /// Where its bytes begin in the archive.
        let offset: Int
        /// Number of them.
        let count: Int
    }

    /// The archive's files in their order. Of an archive that was cut short those whose headers
    /// are there.
    let members: [Member]

    /// Reads the headers of the archive at `path`. One read of 512 bytes for each.
    ///
    /// - Throws: `TrainingError.data` for what cannot be read or is no plain tar archive.
    init(_ path: String) throws(TrainingError) {
        do {
            let file = try FileDescriptor.open(
                FilePath(path), .readOnly, options: .closeOnExec)
            members = try file.closeAfter { try Self.members(of: file) }
        } catch is NotTar {
            throw .data(
                "\(path): no uncompressed tar archive; `autochrome prepare` reads compressed ones.")
        } catch {
            throw .data("\(path): cannot be read: \(error).")
        }
    }

    private struct NotTar: Error {}

    private static func members(of file: FileDescriptor) throws -> [Member] {
        var (members, offset, longName): ([Member], Int, String?) = ([], 0, nil)
        while true {
            let block = try file.bytes(at: offset, count: TarHeader.blockSize)
            // The end is two empty blocks, or a cut.
            guard block.count == TarHeader.blockSize, let first = block.first, first != 0 else {
                break
            }
            guard let header = Header(block) else { throw NotTar() }
            offset += TarHeader.blockSize
            switch header.kind {
            case "L", "x":
                guard header.size <= longestName else { throw NotTar() }
                let bytes = try file.bytes(at: offset, count: header.size)
                longName = header.kind == "L" ? text(bytes) : paxPath(in: bytes) ?? longName
            case "0", "\0":
                members.append(
                    Member(name: longName ?? header.name, offset: offset, count: header.size))
                longName = nil
            default: longName = nil
            }
            offset += header.size + TarHeader.padding(after: header.size)
        }
        return members
    }

    /// The most bytes that are taken for a name, as in libarchive.
    private static let longestName = 1 << 20

    /// The part of a header that training needs.
    private struct Header {
        let name: String
        let size: Int
        let kind: Character

        /// nil where the check sum does not fit.
        init?(_ block: [UInt8]) {
            guard number(block[TarHeader.checksumField]) == TarHeader.checksum(of: block),
                let size = number(block[124..<136])
            else { return nil }
            self.size = size
            kind = Character(UnicodeScalar(block[156]))
            let isPOSIX = block[257..<263].elementsEqual("ustar\0".utf8)
            let prefix = isPOSIX ? text(block[345..<500]) : ""
            name = (prefix.isEmpty ? "" : prefix + "/") + text(block[0..<100])
        }
    }

    /// The record `path` of a pax header: each is "LENGTH KEY=VALUE\n".
    private static func paxPath(in bytes: [UInt8]) -> String? {
        var rest = bytes[...]
        while let space = rest.firstIndex(of: UInt8(ascii: " ")),
            let length = Int(text(rest[..<space])), length > space + 1 - rest.startIndex,
            length <= rest.count
        {
            let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
            if record.starts(with: "path=".utf8) { return text(record.dropFirst(5)) }
            rest = rest.dropFirst(length)
        }
        return nil
    }
}

/// A number in octal digits, or by the highest bit in binary, as GNU tar has sizes from 8 GB on;
/// nil past 62 bits.
private func number(_ field: ArraySlice<UInt8>) -> Int? {
    if let first = field.first, first & 0x80 != 0 {
        return field.dropFirst().reduce(Int?(Int(first & 0x7F))) { number, byte in
            number.flatMap { $0 < 1 << 54 ? $0 << 8 | Int(byte) : nil }
        }
    }
    let digits = field.drop { $0 == UInt8(ascii: " ") }.prefix { (48...55).contains($0) }
    return digits.isEmpty ? nil : Int(text(digits), radix: 8)
}

/// Text before the first zero.
private func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
}

extension FileDescriptor {
    /// As many bytes from `offset` on as there are, `count` at most.
    func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        // An archive may claim more than there is.
        let count = max(0, min(count, try Int(seek(offset: 0, from: .end)) - offset))
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while initialized < count {
                let rest = UnsafeMutableBufferPointer(rebasing: buffer[initialized...])
                let got = try read(
                    fromAbsoluteOffset: Int64(offset + initialized),
                    into: UnsafeMutableRawBufferPointer(rest))
                if got == 0 { break }
                initialized += got
            }
        }
    }
}
