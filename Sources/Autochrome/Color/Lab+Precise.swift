#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension Lab {
    /// As `planes`, but computed in double precision and rounded once.
    ///
    /// For training: a rounding in L* that another program does not make moves its second loss by
    /// up to 5e-5, since Adam's first step goes by the signs of gradients alone. About 60 ns a
    /// pixel.
    package static func precisePlanes(
        of pixels: [Float], channels: Int, width: Int, height: Int
    ) -> LabPlanes {
        let transfer = SRGBTransfer.shared
        var planes = (0..<3).map { _ in Plane(width: width, height: height) }
        for pixel in 0..<width * height {
            let red = transfer.preciseDecode(pixels[pixel * channels])
            let isGrey = channels == 1
            let green = isGrey ? red : transfer.preciseDecode(pixels[pixel * channels + 1])
            let blue = isGrey ? red : transfer.preciseDecode(pixels[pixel * channels + 2])
            let fx = f((0.412453 * red + 0.357580 * green + 0.180423 * blue) / 0.95047)
            let fy = f(0.212671 * red + 0.715160 * green + 0.072169 * blue)
            let fz = f((0.019334 * red + 0.119193 * green + 0.950227 * blue) / 1.08883)
            planes[0].values[pixel] = Float(116 * fy - 16)
            planes[1].values[pixel] = Float(500 * (fx - fy))
            planes[2].values[pixel] = Float(200 * (fy - fz))
        }
        return LabPlanes(lightness: planes[0], a: planes[1], b: planes[2])
    }

    /// f(t) of the definition.
    private static func f(_ t: Double) -> Double {
        t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116
    }
}
