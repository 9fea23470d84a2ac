public import ArgumentParser
public import Autochrome

extension Device: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
    public var defaultValueDescription: String { description }
}

extension Precision: ExpressibleByArgument {}

extension ComputingPrecision: ExpressibleByArgument {}

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
}

extension PhotoFormat {
    /// The qualities written by default, as in "JPEG 92, WebP and JPEG XL 90".
    static var defaultQualities: String {
        var qualities: [Int] = []
        for quality in allCases.compactMap(\.defaultQuality) where !qualities.contains(quality) {
            qualities.append(quality)
        }
        return qualities.map { quality in
            "\(list(allCases.filter { $0.defaultQuality == quality })) \(quality)"
        }.joined(separator: ", ")
    }
}

extension PhotoFormat: ExpressibleByArgument {
    /// Accepts the format's name and its file extensions.
    public init?(argument: String) {
        if let format = PhotoFormat(rawValue: argument.lowercased()) {
            self = format
        } else {
            self.init(fileExtension: argument)
        }
    }
}
