package import Autochrome

/// Colourfulness (Hasler and Süsstrunk, "Measuring colourfulness in natural images", 2003): with
/// the signed differences rg = R - G and yb = (R + G) / 2 - B of the sRGB codes 0...255,
///
/// ```
/// CF = sqrt(sd(rg)^2 + sd(yb)^2) + 0.3 sqrt(mean(rg)^2 + mean(yb)^2)
/// ```
///
/// A grey picture has 0; 45 is "quite colourful".
package enum Colorfulness {
    /// The colourfulness of interleaved 8-bit sRGB.
    package static func of(_ picture: Picture) -> Double {
        var (rg, yb, rgSquares, ybSquares) = (0, 0, 0, 0)
        picture.pixels.withUnsafeBufferPointer { pixels in
            for i in stride(from: 0, to: pixels.count, by: 3) {
                let (red, green, blue) = (Int(pixels[i]), Int(pixels[i + 1]), Int(pixels[i + 2]))
                // Twice yb is a whole number.
                let (difference, twice) = (red - green, red + green - 2 * blue)
                rg += difference
                yb += twice
                rgSquares += difference * difference
                ybSquares += twice * twice
            }
        }
        let count = Double(picture.width * picture.height)
        let (meanRG, meanYB) = (Double(rg) / count, Double(yb) / 2 / count)
        let squares = (Double(rgSquares) + Double(ybSquares) / 4) / count
        let means = meanRG * meanRG + meanYB * meanYB
        return max(0, squares - means).squareRoot() + 0.3 * means.squareRoot()
    }
}
