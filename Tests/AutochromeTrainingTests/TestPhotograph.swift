import Autochrome
import Foundation

/// Photographs made by formula: waves in many hues, different for each seed.
enum TestPhotograph {
    static func square(_ seed: Int, side: Int = 160) -> PhotoSquare {
        var random = Generator(state: UInt64(seed) &* 0xD6E8_FEB8_6659_FD93)
        var values = [SIMD4<Double>](repeating: SIMD4(120, 110, 100, 0), count: side * side)
        for _ in 0..<60 {
            // Amplitudes fall with the frequency, as in nature.
            let x = Double.random(in: -6...6, using: &random)
            let y = Double.random(in: 0...6, using: &random)
            let color =
                SIMD4.random(in: -0.4...1, using: &random) * (40 / max(x.magnitude + y, 0.5))
            let phase = Double.random(in: 0...6, using: &random)
            let scale = 2 * Double.pi / Double(side)
            let columns = (0..<side).map { phase + scale * x * Double($0) }
            let (sines, cosines) = (columns.map { sin($0) }, columns.map { cos($0) })
            for row in 0..<side {
                let (sine, cosine) = (sin(scale * y * Double(row)), cos(scale * y * Double(row)))
                for column in 0..<side {
                    values[row * side + column] +=
                        color * (sines[column] * cosine + cosines[column] * sine)
                }
            }
        }
        let pixels = values.flatMap { color in
            (0..<3).map { UInt8(min(max(color[$0], 0), 255)) }
        }
        return PhotoSquare(side: side, pixels: pixels)
    }

    static func jpeg(_ seed: Int, side: Int = 160, quality: Int = 92) throws -> [UInt8] {
        try square(seed, side: side).jpeg(quality: quality)
    }

    /// The photograph with every pixel changed by `change`.
    static func jpeg(
        _ seed: Int, _ change: (SIMD3<Double>) -> SIMD3<Double>
    ) throws -> [UInt8] {
        let square = square(seed)
        var pixels = square.pixels
        for start in stride(from: 0, to: pixels.count, by: 3) {
            let color = change(SIMD3((0..<3).map { Double(pixels[start + $0]) }))
            for channel in 0..<3 {
                pixels[start + channel] = UInt8(min(max(color[channel].rounded(), 0), 255))
            }
        }
        return try PhotoSquare(side: square.side, pixels: pixels).jpeg(quality: 92)
    }

    /// A fixture of the library's tests.
    static func fixture(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        return [UInt8](
            try Data(
                contentsOf: folder.appending(path: "AutochromeTests/Fixtures/Photo/\(name)")))
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
