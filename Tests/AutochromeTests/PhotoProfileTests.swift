import Autochrome
import Foundation
import Testing

/// Photographs whose ICC profiles are more than sRGB's.
@Suite struct PhotoProfileTests {
    /// The references are LittleCMS' own, by Pillow: without the black point, where a profile has
    /// no relative intent.
    @Test(arguments: ["scanner", "saturated", "grey-table", "dot-gain", "dot-gain-lab"])
    func `A profile is applied by the intent that it has`(name: String) throws {
        let photo = try Sample.open("\(name).png")
        #expect(photo.warnings.isEmpty)
        let reference = try Sample.open("\(name).lcms.png").colours()
        let expected =
            photo.bands == 3
            ? reference : stride(from: 1, to: reference.count, by: 3).map { reference[$0] }
        // Both round what they compute in floating point.
        #expect(try difference(photo.colours(), expected).largest <= 1)
        #expect(try difference(photo.colours(), expected).mean < 0.02)
    }

    @Test func `The curve of a 16-bit RGB profile is applied exactly, in the darks too`() throws {
        let found = try Sample.open("gamma-rgb16.png").colours()
        for (pixel, stored) in Sample.wide(Sample.grey).enumerated() {
            let light = pow(Double(stored) / 65535, 461 / 256.0)
            let encoded =
                light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
            // The profile's primaries, of 16 bits, make no grey that is exactly neutral.
            #expect(abs(Double(found[3 * pixel + 1]) - 65535 * encoded) <= 12, "of \(stored)")
        }
    }
}
