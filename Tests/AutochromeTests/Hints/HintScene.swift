import Autochrome

/// A grey photograph by formula at any size, coloured with hints.
///
/// A dark field left of x = 0.5, a light one right of it, both with some texture and shading.
struct HintScene {
    let width: Int
    let height: Int
    /// What the network would say: one colour all over.
    var predicted = HintColor(red: 150, green: 120, blue: 90)
    var saturation: Float = 1

    /// L*, 0...100.
    func lightness(_ x: Double, _ y: Double) -> Float {
        let texture = 0.6 * Float((37 * x).truncatingRemainder(dividingBy: 1) - 0.5)
        return (x < 0.5 ? 30 : 70) + 6 * Float(y) + texture
    }

    private func grey(_ x: Double, _ y: Double) -> UInt16 {
        let f = (lightness(x, y) + 16) / 116
        return UInt16(SRGBTransfer.shared.encode(f * f * f) * 65535)
    }

    /// The photograph at a size: each pixel that of its middle.
    private func greys(_ width: Int, _ height: Int) -> [UInt16] {
        (0..<width * height).map { pixel in
            grey(
                (Double(pixel % width) + 0.5) / Double(width),
                (Double(pixel / width) + 0.5) / Double(height))
        }
    }

    var view: Colorizer.View {
        let size = WorkingSize(width: width, height: height, detail: 128)
        let values = greys(size.width, size.height).map { Float($0) / 65535 }
        return Colorizer.View(
            ScaledPhoto(width: size.width, height: size.height, channels: 1, values: values),
            size: size, width: width, height: height)
    }

    /// sRGB codes of 16 bits, `[height, width, 3]`.
    func painted(_ hints: Hints?, step: Int? = nil) -> [UInt16] {
        let one = Plane(width: 1, height: 1, repeating: 50)
        let upsampling = GuidedUpsampling(
            lightness: one, a: Plane(width: 1, height: 1, repeating: predicted.a),
            b: Plane(width: 1, height: 1, repeating: predicted.b), scaleX: Float(width),
            scaleY: Float(height))
        let painter = RowPainter(
            upsampling: upsampling, saturation: saturation, correction: view.correction(for: hints))
        let input = greys(width, height)
        var output = [UInt16](repeating: 0, count: 3 * input.count)
        input.withUnsafeBytes { input in
            output.withUnsafeMutableBytes { output in
                for y in 0..<height {
                    for x in stride(from: 0, to: width, by: step ?? width) {
                        let (start, end) = (
                            y * width + x, y * width + min(x + (step ?? width), width)
                        )
                        painter.paint(
                            PhotoRow(
                                x: x, y: y, width: end - start, bitDepth: 16, inputBands: 1,
                                outputBands: 3, input: .init(rebasing: input[2 * start..<2 * end]),
                                output: .init(rebasing: output[6 * start..<6 * end])))
                    }
                }
            }
        }
        return output
    }

    /// a* and b* of each pixel.
    func colors(_ hints: Hints?) -> LabPlanes {
        Lab.planes(
            of: painted(hints).map { Float($0) / 65535 }, channels: 3, width: width, height: height)
    }

    /// The sRGB codes, of 255, of a pixel's own lightness in a colour, as far as the gamut allows:
    /// with as much of the chroma as fits, by halving.
    func expected(_ color: HintColor, x: Int, y: Int) -> SIMD3<Float> {
        let own = Float(greys(at: x, y)) / 65535
        let lightness = Lab.planes(of: [own], channels: 1, width: 1, height: 1).lightness.values[0]
        func linear(_ kept: Float) -> [Float] {
            let rgb = Lab.linear(
                lightness: .init(repeating: lightness), a: .init(repeating: kept * color.a),
                b: .init(repeating: kept * color.b))
            return [rgb.0[0], rgb.1[0], rgb.2[0]]
        }
        func fits(_ kept: Float) -> Bool {
            linear(kept).allSatisfy { (-1e-4...1.0001).contains($0) }
        }
        var (low, high): (Float, Float) = fits(1) ? (1, 1) : (0, 1)
        for _ in 0..<20 {
            let middle = (low + high) / 2
            if fits(middle) { low = middle } else { high = middle }
        }
        return SIMD3(linear(low).map { 255 * SRGBTransfer.shared.encode($0) })
    }

    private func greys(at x: Int, _ y: Int) -> UInt16 {
        grey((Double(x) + 0.5) / Double(width), (Double(y) + 0.5) / Double(height))
    }
}
