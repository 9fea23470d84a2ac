internal import Crypto
package import SystemPackage

/// Strokes painted on a transparent picture of the photograph's shape.
package struct HintStrokes: Sendable, Equatable {
    /// Pixels across, of at most `mostPixels`.
    package let width: Int
    /// Pixels down.
    package let height: Int
    /// The file's name, for messages.
    let file: String
    /// Red, green, blue and alpha of each pixel, not premultiplied.
    let pixels: [UInt8]
    /// The SHA-256 of size and pixels, as 64 digits.
    let digest: String

    /// The most pixels that are kept; of a larger picture a smaller copy is.
    package static let mostPixels = 4_000_000

    /// Reads a picture of strokes.
    ///
    /// - Parameters:
    ///   - path: a PNG, TIFF, WebP or other picture with transparency, of any size.
    ///   - maxPixels: the most pixels of one that has to be decoded whole.
    /// - Throws: `PhotoError`; `HintsError` where it is opaque or empty.
    /// - Complexity: one decoding pass, streamed; 16 MB of memory.
    package init(reading path: FilePath, maxPixels: Int) throws {
        let photo = try PhotoFile(path: path, maxPixels: maxPixels)
        file = photo.file.name
        guard photo.hasAlpha else {
            throw HintsError.noStrokes(file: file, reason: "it has no transparency")
        }
        let share = Double(Self.mostPixels) / Double(photo.width * photo.height)
        let scale = min(1, share.squareRoot())
        width = max(1, Int(Double(photo.width) * scale))
        height = max(1, Int(Double(photo.height) * scale))
        let pixels = try photo.layer(width: width, height: height)
        self.pixels = pixels
        let isPainted = stride(from: 3, to: pixels.count, by: 4).contains { pixels[$0] > 0 }
        guard isPainted else {
            throw HintsError.noStrokes(file: file, reason: "nothing is painted on it")
        }
        var sum = SHA256()
        sum.update(data: Array("\(width) \(height) ".utf8))
        sum.update(data: pixels)
        digest = sum.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
    }

    /// Refuses strokes of another shape than a photograph's: sides that differ by more than a
    /// hundredth, and by more than the rounding of a pixel.
    package func check(against photo: PhotoFile) throws(HintsError) {
        let scale = Double(photo.width) / Double(width)
        let expected = Double(photo.height) / scale
        let slack = max(1, 0.01 * expected, expected / Double(min(width, height)))
        guard abs(Double(height) - expected) > slack else { return }
        throw .otherShape(
            file: file, size: "\(width) x \(height)", photo: photo.file.name,
            photoSize: "\(photo.width) x \(photo.height)")
    }

    /// The colour of a pixel and how much of it is painted, 0...1; nil where nothing is.
    func color(x: Int, y: Int) -> (color: HintColor, share: Float)? {
        let pixel = 4 * (y * width + x)
        guard pixels[pixel + 3] > 0 else { return nil }
        let color = HintColor(
            red: pixels[pixel], green: pixels[pixel + 1], blue: pixels[pixel + 2])
        return (color, Float(pixels[pixel + 3]) / 255)
    }

    /// The mean colour of what is painted on a pixel of another size of the picture, and how much
    /// of it is, 0...1; nil where nothing is.
    func mean(
        x: Int, of columns: Int, y: Int, of rows: Int
    ) -> (color: HintColor, share: Float)? {
        func range(_ index: Int, _ count: Int, _ size: Int) -> Range<Int> {
            let start = index * size / count
            return start..<max(start + 1, (index + 1) * size / count)
        }
        let (across, down) = (range(x, columns, width), range(y, rows, height))
        var (a, b, sum): (Float, Float, Float) = (0, 0, 0)
        for row in down {
            for column in across {
                guard let (color, share) = color(x: column, y: row) else { continue }
                (a, b, sum) = (a + share * color.a, b + share * color.b, sum + share)
            }
        }
        guard sum > 0 else { return nil }
        return (HintColor(a: a / sum, b: b / sum), sum / Float(across.count * down.count))
    }
}
