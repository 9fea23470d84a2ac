package import Autochrome

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What a coloured photograph comes to beside the true one, both in 8-bit sRGB.
package struct PictureFigures: Codable, Sendable, Equatable {
    /// Peak signal-to-noise ratio over all samples, in dB; infinite for equal pictures.
    package var psnr: Double
    /// The structural similarity, at most 1, as `StructuralSimilarity` has it.
    package var ssim: Double
    /// MS-SSIM of a* and b*, 0...1, as `MultiscaleSimilarity` has it.
    package var chromaSimilarity: Double
    /// The mean of CIEDE2000 over the pixels.
    package var ciede2000: Double
    /// The coloured picture's colourfulness, as `Colorfulness` has it.
    package var colorfulness: Double
    /// The coloured picture's mean chroma, sqrt(a*^2 + b*^2).
    package var chroma: Double
    /// The mean of |dL*| over the pixels.
    package var lightnessError: Double
    /// Seconds that colouring took, without decoding the full size and without encoding; nil
    /// where it was not timed.
    package var seconds: Double?
    /// What the feature encoder sees in the coloured picture; nil where it was not asked.
    var features: [Float]?

    /// Measures `colored` beside `truth`, of the same size, at least 11 pixels a side.
    package init(of colored: Picture, beside truth: Picture) {
        precondition(
            colored.width == truth.width && colored.height == truth.height,
            "pictures of one size are compared")
        psnr = Self.psnr(colored.pixels, truth.pixels)
        ssim = StructuralSimilarity.mean(colored, truth)
        colorfulness = Colorfulness.of(colored)
        var sums = LabSums()
        sums.add(colored.pixels, truth.pixels)
        let (width, height) = (colored.width, colored.height)
        func plane(_ values: [Float]) -> Plane {
            Plane(width: width, height: height, values: values)
        }
        chromaSimilarity = MultiscaleSimilarity.ofChroma(
            [plane(sums.a.first), plane(sums.b.first)],
            [plane(sums.a.second), plane(sums.b.second)])
        let count = Double(width * height)
        ciede2000 = sums.difference / count
        chroma = sums.chroma / count
        lightnessError = sums.lightnessError / count
    }

    private static func psnr(_ first: [UInt8], _ second: [UInt8]) -> Double {
        var squares = 0
        for i in first.indices {
            let difference = Int(first[i]) - Int(second[i])
            squares += difference * difference
        }
        return 10 * log10(255 * 255 * Double(first.count) / Double(squares))
    }
}
