public import ArgumentParser
public import Autochrome

extension Device: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
    public var defaultValueDescription: String { description }
}

extension Precision: ExpressibleByArgument {}

extension CompletionKind {
    /// Files of weights.
    static var model: CompletionKind { .file(extensions: ["safetensors"]) }
}

extension FilmCodec: ExpressibleByArgument {
    /// Accepts names that are written otherwise, too.
    package init?(argument: String) {
        let names = ["h265": "hevc", "x264": "h264", "x265": "hevc", "avc": "h264"]
        let name = argument.lowercased().filter { $0 != "." }
        self.init(rawValue: names[name] ?? name)
    }

    /// The names, for help texts.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension PhotoFormat: ExpressibleByArgument {
    /// Accepts the format's name and its file extensions.
    package init?(argument: String) {
        if let format = PhotoFormat(rawValue: argument.lowercased()) {
            self = format
        } else {
            self.init(fileExtension: argument)
        }
    }

    /// The names, for help texts.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

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

/// A number of bytes, as in `200MB`.
struct ByteCount: ExpressibleByArgument {
    let bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    init?(argument: String) {
        let upper = argument.uppercased()
        let count = upper.hasSuffix("B") ? String(upper.dropLast()) : upper
        guard let count = PixelCount(argument: count) else { return nil }
        bytes = count.pixels
    }

    var defaultValueDescription: String { "\(bytes / 1_000_000)MB" }
}
