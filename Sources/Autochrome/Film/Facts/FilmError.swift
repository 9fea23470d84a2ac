package import SystemPackage

/// Why a film cannot be coloured.
package enum FilmError: Error, CustomStringConvertible {
    /// The film cannot be read, or not to its end.
    case unreadable(FilePath, reason: String)

    /// The file has no moving pictures, only these kinds of streams.
    case noVideo(FilePath, streams: [String])

    /// The film has pictures by its header, but none can be decoded.
    case noFrames(FilePath, reason: String)

    /// The ffmpeg that is there, by name and version, does not write the codec.
    case noEncoder(FilmCodec, program: String)

    /// The codec's encoder does not take the pixel format.
    case pixelFormat(String, FilmCodec, possible: [String])

    /// The only encoder of the codec that ffmpeg has takes no rate factor.
    case rateFactor(FilmCodec, encoder: String)

    /// The result's container, as its name says it, does not hold the codec.
    case container(FilePath, FilmCodec, possible: [String])

    /// A file of the result, or on the way to it, cannot be written.
    case unwritable(FilePath, reason: String)

    /// The segments did not give the frames that they should; they are gone.
    case notWhole(FilePath, frames: Int, expected: Int)

    /// Ctrl-C; with the name of what can be played, if there is anything.
    case interrupted(part: FilePath?)

    package var description: String {
        switch self {
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
        case .rateFactor(let codec, let encoder):
            "--crf: this ffmpeg's encoder for \(codec.name), \(encoder), takes no rate factor. Leave "
                + "--crf out, or install an ffmpeg with \(codec.encoders[0])."
        case .container(let path, let codec, let possible):
            "\(path): \(codec.name) goes into \(possible.joined(separator: ", ")); give -o a name "
                + "that ends so."
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason)"
        case .notWhole(let path, let frames, let expected):
            "\(path): \(frames) of \(expected) frames arrived in the file. It was not kept, nor "
                + "what it was joined from; the same command begins anew."
        case .interrupted(let part):
            part.map { "interrupted; what is done can be played: \($0)" } ?? "interrupted"
        }
    }

    private static func list(_ streams: [String]) -> String {
        streams.isEmpty ? "data" : streams.joined(separator: ", ")
    }
}
