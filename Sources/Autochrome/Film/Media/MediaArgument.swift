internal import SystemPackage

/// One argument of ffmpeg or ffprobe, by its bytes: names of files need not be UTF-8.
struct MediaArgument: Sendable, ExpressibleByStringInterpolation {
    let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    init(stringLiteral text: String) { self.init(text) }

    /// A path as ffmpeg takes it: never as an option, nor as the name of a protocol.
    init(_ path: FilePath) {
        bytes = Array((path.isAbsolute ? "file:" : "file:./").utf8) + path.bytes
    }
}
