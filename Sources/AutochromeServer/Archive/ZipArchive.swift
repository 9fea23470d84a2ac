internal import Autochrome

/// A ZIP archive of stored files, written from front to back (PKWARE's APPNOTE 6.3; sizes of
/// 4 GB and more as in its section 4.5.3, "ZIP64").
///
/// Photographs are compressed already, so nothing is compressed again.
struct ZipArchive {
    private struct Entry {
        let name: [UInt8]
        let checksum: UInt32
        let size: UInt64
        let offset: UInt64
    }

    private var entries: [Entry] = []
    private var offset: UInt64 = 0
    private var names: Set<String> = []

    /// Local header before the bytes of a file.
    ///
    /// - Parameters:
    ///   - name: the file's name; a second one of the same name gets a number.
    ///   - checksum: of its bytes.
    ///   - size: how many bytes follow.
    mutating func begin(_ name: String, checksum: UInt32, size: Int) -> [UInt8] {
        let entry = Entry(
            name: Array(unused(name).utf8), checksum: checksum, size: UInt64(size),
            offset: offset)
        entries.append(entry)
        let extra = Self.large([entry.size, entry.size], if: entry.size)
        var header = little(UInt32(0x0403_4B50))
        header += facts(of: entry)
        header += little(UInt16(entry.name.count)) + little(UInt16(extra.count))
        header += entry.name + extra
        offset += UInt64(header.count) + entry.size
        return header
    }

    /// Central directory after the last file.
    func end() -> [UInt8] {
        var directory: [UInt8] = []
        for entry in entries { directory += record(of: entry) }
        return directory + tail(directorySize: UInt64(directory.count))
    }

    /// A name that no other file of the archive has.
    private mutating func unused(_ name: String) -> String {
        let dot = name.firstIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 }
        let end = dot ?? name.endIndex
        var (candidate, number) = (name, 1)
        while !names.insert(candidate).inserted {
            number += 1
            candidate = "\(name[..<end])-\(number)\(name[end...])"
        }
        return candidate
    }

    /// The fields that a file's header and its record have in common: version needed (4.5),
    /// names in UTF-8, stored, 1 January 1980, checksum, sizes.
    private func facts(of entry: Entry) -> [UInt8] {
        let size = Self.short(entry.size)
        return little(UInt16(45)) + little(UInt16(0x0800)) + little(UInt16(0))
            + little(UInt16(0)) + little(UInt16(0x0021))
            + little(entry.checksum) + little(size) + little(size)
    }

    private func record(of entry: Entry) -> [UInt8] {
        var values: [UInt64] = []
        if entry.size >= Self.limit { values += [entry.size, entry.size] }
        if entry.offset >= Self.limit { values.append(entry.offset) }
        let extra = Self.large(values, if: values.isEmpty ? 0 : Self.limit)
        // Made by: UNIX, 4.5; a regular file that its owner may write and all may read.
        var record = little(UInt32(0x0201_4B50)) + little(UInt16(0x032D)) + facts(of: entry)
        record += little(UInt16(entry.name.count)) + little(UInt16(extra.count))
        record += little(UInt16(0)) + little(UInt16(0)) + little(UInt16(0))
        record += little(UInt32(0o100644) << 16) + little(Self.short(entry.offset))
        return record + entry.name + extra
    }

    private func tail(directorySize: UInt64) -> [UInt8] {
        let count = UInt64(entries.count)
        var tail: [UInt8] = []
        if offset >= Self.limit || directorySize >= Self.limit || count >= 0xFFFF {
            tail += little(UInt32(0x0606_4B50)) + little(UInt64(44))
            tail += little(UInt16(0x032D)) + little(UInt16(45))
            tail += little(UInt32(0)) + little(UInt32(0)) + little(count) + little(count)
            tail += little(directorySize) + little(offset)
            tail += little(UInt32(0x0706_4B50)) + little(UInt32(0))
            tail += little(offset + directorySize) + little(UInt32(1))
        }
        tail += little(UInt32(0x0605_4B50)) + little(UInt32(0))
        let shortCount = UInt16(min(count, 0xFFFF))
        tail += little(shortCount) + little(shortCount)
        tail += little(Self.short(directorySize)) + little(Self.short(offset))
        return tail + little(UInt16(0))
    }
}

extension ZipArchive {
    /// From this on a value stands in an extra field.
    private static let limit: UInt64 = 0xFFFF_FFFF

    private static func short(_ value: UInt64) -> UInt32 { UInt32(min(value, limit)) }

    /// The extra field of large values, where `value` needs it.
    private static func large(_ values: [UInt64], if value: UInt64) -> [UInt8] {
        guard value >= limit else { return [] }
        return little(UInt16(1)) + little(UInt16(8 * values.count)) + values.flatMap(little)
    }
}

private func little(_ value: some FixedWidthInteger) -> [UInt8] { value.littleEndianBytes }
