import Autochrome
import Testing

/// What scikit-image measured; `Scripts/fixtures` makes the file.
enum MeasureFixture {
    static func weights() throws -> Weights {
        try Weights(
            reading: Scratch.checkout("Tests/AutochromeTests/Fixtures/metrics.safetensors"))
    }

    static func floats(_ name: String, in weights: Weights) throws -> [Float] {
        try #require(weights.tensors[name], "no \(name) in \(weights.file)").floats()
    }

    /// The six pairs of pictures.
    static func pictures(_ name: String, in weights: Weights) throws -> [Picture] {
        let stored = try #require(weights.tensors[name], "no \(name) in \(weights.file)")
        let (height, width) = (stored.shape[1], stored.shape[2])
        let pixels = stored.floats().map { UInt8($0) }
        let size = height * width * 3
        return stride(from: 0, to: pixels.count, by: size).map {
            Picture(width: width, height: height, pixels: Array(pixels[$0..<$0 + size]))
        }
    }
}
