package import Autochrome

extension Augmentation {
    /// L* as an old photograph would have it: another exposure and contrast, faded, blurred,
    /// grainy, with the marks of JPEG. 0...100.
    func aged(_ lightness: Plane, _ generator: inout SeededGenerator) -> Plane {
        var plane = lightness
        // All are drawn whether they are used or not, so that a change to one leaves the others.
        let stops = exposure * generator.signed()
        let spread = 1 + contrast * generator.signed()
        let (black, white) = (fading * generator.uniform(), fading * generator.uniform())
        let deviation = blur * generator.uniform()
        let strength = grain * generator.uniform()
        let (hasMarks, quality) = (generator.uniform() < jpeg, generator.uniform())
        if exposure > 0 || contrast > 0 || fading > 0 {
            plane.changeTones(stops: stops, spread: spread, black: black, white: white)
        }
        if deviation > 0.2 { plane = plane.blurred(deviation: deviation) }
        if strength > 0 { plane.addGrain(deviation: Float(strength), &generator) }
        if hasMarks { plane = plane.compressed(quality: 20 + 60 * quality) }
        return plane
    }
}

extension Plane {
    /// L* is the cube root of light, nearly, so a stop is a factor of 2^(1/3).
    fileprivate mutating func changeTones(
        stops: Double, spread: Double, black: Double, white: Double
    ) {
        let factor = Float(power2(stops / 3))
        let (low, high) = (Float(100 * black), Float(100 * (1 - white)))
        for i in values.indices {
            let exposed = min(values[i] * factor, 100)
            let contrasted = min(max(50 + (exposed - 50) * Float(spread), 0), 100)
            values[i] = low + contrasted * (high - low) / 100
        }
    }

    fileprivate mutating func addGrain(deviation: Float, _ generator: inout SeededGenerator) {
        for i in values.indices {
            values[i] = min(max(values[i] + deviation * generator.normal(), 0), 100)
        }
    }

    /// A Gaussian, first along rows, then along columns; the edge is mirrored.
    package func blurred(deviation: Double) -> Plane {
        let reach = Int((3 * deviation).rounded(.up))
        let raw = (-reach...reach).map {
            exponential(-Double($0 * $0) / (2 * deviation * deviation))
        }
        let kernel = raw.map { Float($0 / raw.reduce(0, +)) }
        return filtered(kernel, reach: reach).turned().filtered(kernel, reach: reach).turned()
    }

    private func filtered(_ kernel: [Float], reach: Int) -> Plane {
        var result = Plane(width: width, height: height)
        let columns = (-reach..<width + reach).map { Self.mirror($0, in: width) }
        for y in 0..<height {
            for x in 0..<width {
                var sum: Float = 0
                for (k, share) in kernel.enumerated() {
                    sum += share * values[y * width + columns[x + k]]
                }
                result.values[y * width + x] = sum
            }
        }
        return result
    }

    private func turned() -> Plane {
        var result = Plane(width: height, height: width)
        for y in 0..<height {
            for x in 0..<width { result.values[x * height + y] = values[y * width + x] }
        }
        return result
    }

    private static func mirror(_ i: Int, in count: Int) -> Int {
        guard count > 1 else { return 0 }
        let period = 2 * (count - 1)
        let folded = ((i % period) + period) % period
        return folded < count ? folded : period - folded
    }
}
