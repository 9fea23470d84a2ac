import Foundation

extension Data {
    /// A result but for the second in which it was made, which its XMP tells, and for the checksum
    /// of the PNG chunk that holds this XMP.
    var withoutTime: Data {
        var data = Data(self)
        let mark = Data("stEvt:when=\"".utf8)
        var rest = data.startIndex..<data.endIndex
        while let found = data.range(of: mark, in: rest) {
            let end = data[found.upperBound...].firstIndex(of: UInt8(ascii: "\"")) ?? data.endIndex
            data.resetBytes(in: found.upperBound..<end)
            if let checksum = data.pngChecksum(around: found.lowerBound) {
                data.resetBytes(in: checksum)
            }
            rest = end..<data.endIndex
        }
        return data
    }

    /// Where the checksum of the PNG chunk around a place is; nil where this is no PNG.
    private func pngChecksum(around place: Int) -> Range<Int>? {
        guard starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
        var start = 8
        while start + 12 <= count {
            let length = self[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = start + 8 + length
            if (start..<end).contains(place) { return end..<end + 4 }
            start = end + 4
        }
        return nil
    }
}
