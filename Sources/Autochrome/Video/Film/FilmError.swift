package import SystemPackage

/// Why a film cannot be coloured.
package enum FilmError: Error, CustomStringConvertible {
    case noProgram(String)
    case unreadable(FilePath, reason: String)
    case noVideo(FilePath, streams: [String])
    case noFrames(FilePath, reason: String)
    case noEncoder(FilmCodec, program: String)
    case pixelFormat(String, FilmCodec, possible: [String])
    case container(FilePath, FilmCodec, possible: [String])
    case unwritable(FilePath, reason: String)
    case notWhole(FilePath, frames: Int, expected: Int)

    /// Ctrl-C; with the name of what can be played, if there is anything.
    case interrupted(part: FilePath?)

    package var description: String {
        switch self {
        case .noProgram(let name):
            "\(name) is not in PATH; it reads and writes films. Install ffmpeg (apt-get install "
                + "ffmpeg, brew install ffmpeg)."
        case .unreadable(let path, let reason):
            "\(path): ffmpeg cannot read it: \(reason)"
        case .noVideo(let path, let streams):
            "\(path): there is no picture in it, only \(Self.list(streams))."
        case .noFrames(let path, let reason):
            "\(path): not one frame can be read" + (reason.isEmpty ? "." : ": \(reason)")
        case .noEncoder(let codec, let program):
            "this ffmpeg (\(program)) has no encoder for \(codec.name); it would be one of "
                + "\(codec.encoders.joined(separator: ", ")). Give another --codec, or install an "
                + "ffmpeg that has one."
        case .pixelFormat(let format, let codec, let possible):
            "--pixel-format \(format): \(codec.name) takes \(possible.joined(separator: ", "))."
        case .container(let path, let codec, let possible):
            "\(path): \(codec.name) goes into \(possible.joined(separator: ", ")); give -o a name "
                + "that ends so."
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason)"
        case .notWhole(let path, let frames, let expected):
            "\(path): \(frames) of \(expected) frames arrived in the file; it was not kept."
        case .interrupted(let part):
            part.map { "interrupted; what is done can be played: \($0)" } ?? "interrupted"
        }
    }

    private static func list(_ streams: [String]) -> String {
        streams.isEmpty ? "data" : streams.joined(separator: ", ")
    }
}
