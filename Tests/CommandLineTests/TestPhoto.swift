import Foundation

/// Photographs made by formula, as uncompressed TIFF.
enum TestPhoto {
    /// Grey hills under a grey sky, `bits` 8 or 16 a sample.
    static func grey(width: Int, height: Int, bits: Int = 8) -> Data {
        tiff(width: width, height: height, channels: 1, bits: bits) { x, y, _ in
            hills(Double(x) / Double(width), Double(y) / Double(height))
        }
    }

    /// The hills in green under a sky in blue.
    static func colored(width: Int, height: Int) -> Data {
        tiff(width: width, height: height, channels: 3, bits: 8) { x, y, channel in
            let (u, v) = (Double(x) / Double(width), Double(y) / Double(height))
            let tint = v < 0.4 ? [0.6, 0.8, 1] : [0.7, 1, 0.4]
            return hills(u, v) * tint[channel]
        }
    }

    /// A photograph in colour, 256 pixels a side, unlike that of any other number.
    static func prepared(_ number: Int) -> Data {
        let turn = Double(number)
        return tiff(width: 256, height: 256, channels: 3, bits: 8) { x, y, channel in
            let (u, v) = (Double(x) / 40, Double(y) / 40)
            let shift = 2 * Double(channel) + turn * turn * 0.37
            return 0.5 + 0.2 * sin(u * (1 + turn.truncatingRemainder(dividingBy: 7) / 4) + shift)
                + 0.2 * cos(v * (1 + turn.truncatingRemainder(dividingBy: 5) / 3) - shift * u / 9)
        }
    }

    private static func hills(_ u: Double, _ v: Double) -> Double {
        let ridge = 0.4 + 0.1 * sin(9 * u) + 0.05 * sin(23 * u)
        let texture = 0.04 * sin(90 * u + 70 * v) * cos(60 * v)
        return v < ridge ? 0.85 - 0.3 * v : 0.45 - 0.3 * (v - ridge) + texture
    }

    /// TIFF 6.0, little-endian, one strip.
    private static func tiff(
        width: Int, height: Int, channels: Int, bits: Int,
        value: (_ x: Int, _ y: Int, _ channel: Int) -> Double
    ) -> Data {
        let bytes = bits / 8
        let count = width * height * channels * bytes
        var data = Data([0x49, 0x49, 42, 0]) + little(UInt32(8 + count))
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<channels {
                    let sample = min(max(value(x, y, channel), 0), 1)
                    data +=
                        bytes == 1
                        ? Data([UInt8(sample * 255)]) : little(UInt16(sample * 65535))
                }
            }
        }
        let fields: [(tag: UInt16, type: UInt16, count: UInt32, value: UInt32)] = [
            (256, 4, 1, UInt32(width)), (257, 4, 1, UInt32(height)),
            // Three values of 16 bits do not fit a field; they stand behind the directory.
            (258, 3, UInt32(channels), channels == 1 ? UInt32(bits) : UInt32(8 + count + 126)),
            (259, 3, 1, 1), (262, 3, 1, channels == 1 ? 1 : 2), (273, 4, 1, 8),
            (277, 3, 1, UInt32(channels)), (278, 4, 1, UInt32(height)),
            (279, 4, 1, UInt32(count)), (339, 3, 1, 1),
        ]
        data += little(UInt16(fields.count))
        for field in fields {
            data += little(field.tag) + little(field.type) + little(field.count)
            data += little(field.value)
        }
        data += little(UInt32(0))
        for _ in 0..<channels { data += little(UInt16(bits)) }
        return data
    }

    private static func little(_ value: some FixedWidthInteger) -> Data {
        withUnsafeBytes(of: value.littleEndian) { Data($0) }
    }
}
