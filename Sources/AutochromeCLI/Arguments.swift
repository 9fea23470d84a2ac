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
