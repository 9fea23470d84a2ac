import Autochrome
import AutochromeTraining
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct PictureFiguresTests {
    @Test func `PSNR and SSIM are scikit-image's`() throws {
        let weights = try MeasureFixture.weights()
        let first = try MeasureFixture.pictures("pictures.first", in: weights)
        let second = try MeasureFixture.pictures("pictures.second", in: weights)
        let psnr = try MeasureFixture.floats("psnr", in: weights)
        let ssim = try MeasureFixture.floats("ssim", in: weights)
        for index in psnr.indices {
            let found = PictureFigures(of: second[index], beside: first[index])
            #expect(abs(found.psnr - Double(psnr[index])) < 1e-4, "pair \(index)")
            #expect(abs(found.ssim - Double(ssim[index])) < 1e-5, "pair \(index)")
        }
    }

    @Test func `mean CIEDE2000 of pictures is scikit-image's`() throws {
        let weights = try MeasureFixture.weights()
        let first = try MeasureFixture.pictures("pictures.first", in: weights)
        let second = try MeasureFixture.pictures("pictures.second", in: weights)
        let expected = try MeasureFixture.floats("pictures.ciede2000", in: weights)
        for index in expected.indices {
            let found = PictureFigures(of: second[index], beside: first[index])
            // The program's Lab is within 1e-3 of scikit-image's, most of it far closer.
            #expect(abs(found.ciede2000 - Double(expected[index])) < 1e-3, "pair \(index)")
        }
    }

    @Test func `colourfulness follows the paper's formula with signed differences`() {
        // Red and blue: rg 255 and 0, yb 127.5 and -255.
        let picture = checks([255, 0, 0], [0, 0, 255])
        let spread = (127.5 * 127.5 + 191.25 * 191.25).squareRoot()
        let mean = (127.5 * 127.5 + 63.75 * 63.75).squareRoot()
        #expect(abs(Colorfulness.of(picture) - (spread + 0.3 * mean)) < 1e-9)
        #expect(Colorfulness.of(Picture(width: 9, height: 9, grey: 77)) == 0)
    }

    @Test func `MS-SSIM of chroma is scikit-image's scale by scale`() throws {
        let expected = try MeasureFixture.floats(
            "chroma.similarity", in: MeasureFixture.weights())
        for (index, (width, height)) in [(208, 176), (96, 88), (44, 24)].enumerated() {
            let first = (0..<2).map { pattern(width, height, 4 * index + $0) }
            let second = (2..<4).map { pattern(width, height, 4 * index + $0) }
            let found = MultiscaleSimilarity.ofChroma(first, second)
            #expect(abs(found - Double(expected[index])) < 1e-4, "\(width) x \(height)")
        }
    }

    /// Waves, coarse and fine, as `references.pattern` has them.
    private func pattern(_ width: Int, _ height: Int, _ k: Int) -> Plane {
        let values = (0..<width * height).map { place in
            let (x, y) = (Double(place % width), Double(place / width))
            let coarse = 40 * sin(x / Double(9 + k % 2)) * cos(y / 7)
            return Float(coarse + 10 * sin(x * y * Double(k + 1) / 50))
        }
        return Plane(width: width, height: height, values: values)
    }

    @Test func `equal pictures differ by nothing`() {
        let picture = checks([200, 30, 60], [10, 90, 255])
        let figures = PictureFigures(of: picture, beside: picture)
        #expect(figures.psnr == .infinity && figures.ssim == 1)
        #expect(abs(figures.chromaSimilarity - 1) < 1e-6)
        #expect(figures.ciede2000 == 0 && figures.lightnessError == 0)
    }

    @Test func `chroma is the coloured picture's, and lightness is compared`() {
        let grey = Picture(width: 16, height: 16, grey: 119)
        let red = checks([255, 0, 0], [255, 0, 0])
        let figures = PictureFigures(of: red, beside: grey)
        // sRGB's red is L* 53.24, C* 104.55; code 119 is L* 50.03.
        #expect(abs(figures.chroma - 104.55) < 0.01)
        #expect(abs(figures.lightnessError - 3.21) < 0.01)
        #expect(PictureFigures(of: grey, beside: red).chroma < 0.01)
    }

    /// 16 x 16 pixels of two colours in turn.
    private func checks(_ one: [UInt8], _ other: [UInt8]) -> Picture {
        let pixels = (0..<256).flatMap { (place: Int) -> [UInt8] in
            (place + place / 16).isMultiple(of: 2) ? one : other
        }
        return Picture(width: 16, height: 16, pixels: pixels)
    }
}
