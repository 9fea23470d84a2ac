extension Lab {
    /// L* (0...100), a* and b* of sRGB pixels.
    ///
    /// - Parameters:
    ///   - pixels: interleaved, encoded, 0...1; one value a pixel is grey, three are R, G, B.
    ///   - channels: 1 or 3.
    ///   - width: pixels across.
    ///   - height: pixels down.
    /// - Returns: three planes of `width` x `height`.
    package static func planes(
        of pixels: [Float], channels: Int, width: Int, height: Int
    ) -> LabPlanes {
        let transfer = SRGBTransfer.shared
        var (lightness, a, b): ([Float], [Float], [Float]) = ([], [], [])
        lightness.reserveCapacity(width * height)
        a.reserveCapacity(width * height)
        b.reserveCapacity(width * height)
        for start in stride(from: 0, to: width * height, by: Vector.scalarCount) {
            let lanes = min(Vector.scalarCount, width * height - start)
            var (red, green, blue) = (Vector(), Vector(), Vector())
            for lane in 0..<lanes {
                let index = (start + lane) * channels
                red[lane] = transfer.decode(pixels[index])
                green[lane] = channels == 1 ? red[lane] : transfer.decode(pixels[index + 1])
                blue[lane] = channels == 1 ? red[lane] : transfer.decode(pixels[index + 2])
            }
            let lab = lab(ofLinear: red, green, blue)
            for lane in 0..<lanes {
                lightness.append(lab.lightness[lane])
                a.append(lab.a[lane])
                b.append(lab.b[lane])
            }
        }
        return LabPlanes(
            lightness: Plane(width: width, height: height, values: lightness),
            a: Plane(width: width, height: height, values: a),
            b: Plane(width: width, height: height, values: b))
    }

    /// Interleaved sRGB pixels, encoded, 0...1, of planes in Lab.
    ///
    /// Colours outside sRGB are clipped channel by channel, as scikit-image does;
    /// `GamutMapping` is the way that keeps lightness.
    package static func pixels(of planes: LabPlanes) -> [Float] {
        let transfer = SRGBTransfer.shared
        let count = planes.lightness.values.count
        var pixels = [Float](repeating: 0, count: count * 3)
        for start in stride(from: 0, to: count, by: Vector.scalarCount) {
            let lanes = min(Vector.scalarCount, count - start)
            var lab = (lightness: Vector(), a: Vector(), b: Vector())
            for lane in 0..<lanes {
                lab.lightness[lane] = planes.lightness.values[start + lane]
                lab.a[lane] = planes.a.values[start + lane]
                lab.b[lane] = planes.b.values[start + lane]
            }
            let (red, green, blue) = linear(lightness: lab.lightness, a: lab.a, b: lab.b)
            for lane in 0..<lanes {
                pixels[3 * (start + lane)] = transfer.encode(red[lane])
                pixels[3 * (start + lane) + 1] = transfer.encode(green[lane])
                pixels[3 * (start + lane) + 2] = transfer.encode(blue[lane])
            }
        }
        return pixels
    }

    /// Lab of linear sRGB.
    @inline(__always)
    package static func lab(
        ofLinear r: Vector, _ g: Vector, _ b: Vector
    ) -> (lightness: Vector, a: Vector, b: Vector) {
        let (x, y, z) = tristimulus(r, g, b)
        let (fx, fy, fz) = (f(x), f(y), f(z))
        let (a, b) = (Constants<Float>.aScale, Constants<Float>.bScale)
        return (lightness(ofF: fy), a * (fx - fy), b * (fy - fz))
    }

    /// Linear sRGB, unclipped, of Lab.
    ///
    /// A negative Z, which no light has, is taken as 0, as scikit-image does.
    @inline(__always)
    package static func linear(
        lightness: Vector, a: Vector, b: Vector
    ) -> (Vector, Vector, Vector) {
        typealias C = Constants<Float>
        let fy = (lightness + C.lightnessOffset) * (1 / C.lightnessScale)
        let z = inverse(fy - b * (1 / C.bScale))
        return linearRGB(
            inverse(fy + a * (1 / C.aScale)), inverse(fy), z.replacing(with: 0, where: z .< 0))
    }
}
