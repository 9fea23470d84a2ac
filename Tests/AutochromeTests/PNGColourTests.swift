import Autochrome
import Foundation
import Testing

/// How a PNG says what its numbers mean (third edition, section 4.3).
@Suite struct PNGColourTests {
    /// The grey fixture with chunks of colour added, as it is read.
    private func colours(
        of name: String = "grey.png", _ chunks: [(type: String, data: [UInt8])]
    ) throws -> [Int] {
        try Sample.inFolder { folder in
            let path = folder + "/photo.png"
            let file = [UInt8](try Data(contentsOf: URL(filePath: Sample.path(name))))
            try Data(TestFile.png(file, adding: chunks)).write(to: URL(filePath: path))
            return try PhotoFile(path: path, maxPixels: 10_000).colours()
        }
    }

    private func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    private func gamma(_ value: Int) -> (type: String, data: [UInt8]) { ("gAMA", number(value)) }

    private func primaries(_ places: [Int]) -> (type: String, data: [UInt8]) {
        ("cHRM", places.flatMap(number))
    }

    private let srgb = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000]

    /// IEC 61966-2-1.
    private func encoded(_ light: Double) -> Double {
        255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055)
    }

    @Test(arguments: [100_000, 55556, 45471, 38462, 60000])
    func `Grey is decoded by its gamma`(value: Int) throws {
        for chunks in [[gamma(value)], [gamma(value), primaries(srgb)]] {
            for (found, stored) in zip(try colours(chunks), Sample.grey) {
                let light = pow(Double(stored) / 255, 100_000 / Double(value))
                #expect(abs(Double(found) - encoded(light)) <= 0.51)
            }
        }
    }

    @Test func `Colours are decoded by gamma and primaries`() throws {
        // Red and green exchanged.
        let exchanged = [31270, 32900, 30000, 60000, 64000, 33000, 15000, 6000]
        let found = try colours(of: "rgb.png", [primaries(exchanged)])
        for pixel in stride(from: 0, to: Sample.rgb.count, by: 3) {
            #expect(abs(found[pixel] - Sample.rgb[pixel + 1]) <= 2)
            #expect(abs(found[pixel + 1] - Sample.rgb[pixel]) <= 2)
            #expect(abs(found[pixel + 2] - Sample.rgb[pixel + 2]) <= 2)
        }
        let linear = try colours(of: "rgb.png", [gamma(100_000)])
        for (found, stored) in zip(linear, Sample.rgb) {
            #expect(abs(Double(found) - encoded(Double(stored) / 255)) <= 0.6)
        }
    }

    @Test func `A gamma of 1 / 2.2 beside sRGB's primaries is sRGB`() throws {
        #expect(try colours([gamma(45455)]) == Sample.grey)
        #expect(try colours(of: "rgb.png", [gamma(45455), primaries(srgb)]) == Sample.rgb)
    }

    @Test func `The better description wins: cICP, a profile, sRGB, gamma`() throws {
        #expect(try colours([gamma(100_000), ("sRGB", [0])]) == Sample.grey)
        let profile = try Sample.open("linear-grey.png").colours()
        #expect(try colours(of: "linear-grey.png", [gamma(55556)]) == profile)
        // 1: BT.709's primaries; 13: sRGB's curve; 0: RGB; 1: full range.
        #expect(
            try colours(of: "linear-grey.png", [("cICP", [1, 13, 0, 1]), gamma(55556)])
                == Sample.grey)
        // Unspecified colours leave it to the next.
        #expect(try colours(of: "linear-grey.png", [("cICP", [2, 2, 0, 1])]) == profile)
    }

    @Test func `Display P3 by its numbers becomes sRGB`() throws {
        // (200, 100, 50) of Display P3 by the matrices of SMPTE EG 432-1 and IEC 61966-2-1.
        let red = try colours(of: "one.png", [("cICP", [12, 13, 0, 1])])
        #expect(zip(red, [215, 93, 31]).allSatisfy { abs($0 - $1) <= 1 }, "\(red)")
    }

    @Test func `HDR and limited range are refused by name`() throws {
        for (numbers, words) in [([9, 16, 0, 1], "HDR"), ([1, 13, 0, 0], "full range")] {
            let error = #expect(throws: PhotoError.self) {
                try colours([("cICP", numbers.map { UInt8($0) })])
            }
            #expect("\(error!)".contains(words))
        }
    }

    @Test func `A gamma that no picture has is no gamma`() throws {
        for value in [0, 1, 2_000_000, 0x7FFF_FFFF] {
            #expect(try colours([gamma(value)]) == Sample.grey)
        }
    }
}
