import ArgumentParser

/// A number of pixels, as in `300M`.
struct PixelCount: ExpressibleByArgument {
    let pixels: Int

    init(pixels: Int) { self.pixels = pixels }

    init?(argument: String) {
        let factors: [Character: Double] = ["K": 1e3, "M": 1e6, "G": 1e9]
        let factor = argument.last.flatMap { factors[Character($0.uppercased())] }
        let digits = factor == nil ? argument[...] : argument.dropLast()
        guard let number = Double(digits), number.isFinite, number > 0 else { return nil }
        let value = number * (factor ?? 1)
        guard value >= 1, value < 1e15 else { return nil }
        pixels = Int(value)
    }

    var defaultValueDescription: String { "\(pixels / 1_000_000)M" }
}
