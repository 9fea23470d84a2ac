internal import Autochrome

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Histogram of a photograph over the colour cells.
///
/// Sums are whole numbers, so the histogram of a data set is the same in whatever order its
/// photographs were added.
struct ColorHistogram: Sendable, Equatable {
    /// Count of one pixel, shared among its four cells.
    static let unit: Float = 4096

    /// `ColorBins.count` of them.
    private(set) var counts: [UInt64]

    init() { counts = Array(repeating: 0, count: ColorBins.count) }

    /// Counts the colours of a photograph at half the size of `planes`: 64 pixels a side for a
    /// photograph of the usual size, which is how training sees its target.
    init(of planes: LabPlanes) {
        self.init()
        let (a, b) = (planes.a.averaged(by: 2).values, planes.b.averaged(by: 2).values)
        for (a, b) in zip(a, b) {
            let spread = ColorBins.spread(a: a, b: b)
            let shares = (spread.parts * Self.unit).rounded(.toNearestOrEven)
            for corner in 0..<4 {
                counts[Int(spread.cells[corner])] += UInt64(shares[corner])
            }
        }
    }

    /// Adds another photograph's colours.
    mutating func add(_ other: ColorHistogram) {
        for cell in counts.indices { counts[cell] += other.counts[cell] }
    }
}

/// As text: the cells that are not empty, two bytes for the cell and four for the count, the low
/// byte first, in Base64.
extension ColorHistogram: Codable {
    init(from decoder: any Decoder) throws {
        self.init()
        let container = try decoder.singleValueContainer()
        let bytes = [UInt8](try container.decode(Data.self))
        for start in stride(from: 0, to: bytes.count - 5, by: 6) {
            let number = { (range: Range<Int>) in
                range.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[start + $1]) }
            }
            let cell = Int(number(0..<2))
            guard counts.indices.contains(cell) else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "there is no colour cell \(cell)")
            }
            counts[cell] = number(2..<6)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var bytes: [UInt8] = []
        for (cell, count) in counts.enumerated() where count > 0 {
            bytes += UInt16(cell).littleEndianBytes
            bytes += UInt32(truncatingIfNeeded: count).littleEndianBytes
        }
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes))
    }
}
