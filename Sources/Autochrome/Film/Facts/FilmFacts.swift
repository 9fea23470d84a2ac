package import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What ffprobe says of a film.
package struct FilmFacts: Sendable {
    /// One stream of the file.
    struct Stream: Decodable, Sendable {
        let index: Int
        let codecType: String?
        let codecName: String?
        let width: Int?
        let height: Int?
        let pixFmt: String?
        let colorRange: String?
        let colorSpace: String?
        let colorPrimaries: String?
        let colorTransfer: String?
        let fieldOrder: String?
        let timeBase: String?
        let startTime: String?
        let duration: String?
        let disposition: [String: Int]?
        let tags: [String: String]?

        /// A picture that stands for the file, as of a record's sleeve, not a film.
        var isCover: Bool { disposition?["attached_pic"] == 1 }

        /// Seconds from the file's 0 to the stream's end, which Matroska keeps as a tag
        /// (`00:00:05.007000000`).
        var clockedEnd: Double? {
            let tag = tags?.first { $0.key.uppercased().hasPrefix("DURATION") }
            let parts = tag?.value.split(separator: ":").map { Double($0) } ?? []
            guard parts.count == 3, let hours = parts[0], let minutes = parts[1],
                let seconds = parts[2]
            else { return nil }
            return FilmFacts.clocked(hours * 3600 + minutes * 60 + seconds)
        }
    }

    private struct Format: Decodable {
        let formatName: String?
        let startTime: String?
        let duration: String?
        let tags: [String: String]?
    }

    private struct Report: Decodable {
        let streams: [Stream]?
        let format: Format?
    }

    /// The file.
    package let path: FilePath
    let streams: [Stream]

    /// The stream that is coloured: the first of moving pictures.
    let video: Stream

    /// Seconds at which the file's first packet stands.
    let startTime: Double

    /// Seconds at which the result's clock begins: what lies before 0, as what a codec of sound
    /// needs to start, stays before 0.
    var origin: Double { max(0, startTime) }

    /// Seconds the film lasts as its header says, if it does.
    package let duration: Double?

    /// Whether the file is of a kind of which ffmpeg says when its end is missing: MP4, QuickTime
    /// or Matroska.
    let tellsCuts: Bool

    /// The file's own comment.
    let comment: String?

    /// Asks ffprobe.
    ///
    /// - Throws: `FilmError` when there is no ffprobe, it cannot read the file, or the file has
    ///   no moving pictures.
    package init(of path: FilePath) async throws {
        var arguments: [MediaArgument] = ["-v", "error", "-of", "json"]
        arguments += ["-show_streams", "-show_format", MediaArgument(path)]
        let (output, ending) = try await MediaTool.run("ffprobe", arguments)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let report = try? decoder.decode(Report.self, from: Data(output))
        guard let streams = report?.streams, ending.isGood || !streams.isEmpty else {
            throw FilmError.unreadable(path, reason: Self.reason(ending, path))
        }
        guard let video = streams.first(where: { $0.codecType == "video" && !$0.isCover }) else {
            let others = streams.compactMap { $0.isCover ? "a cover picture" : $0.codecType }
            throw FilmError.noVideo(path, streams: others)
        }
        self.path = path
        self.streams = streams
        self.video = video
        let startTime = Self.seconds(report?.format?.startTime) ?? 0
        self.startTime = startTime
        // The file lasts as long as its longest stream, such as a subtitle that outlasts the film.
        let whole = Self.seconds(report?.format?.duration)
        let own = Self.seconds(video.duration) ?? video.clockedEnd.map { $0 - max(0, startTime) }
        duration = own.map { min($0, whole ?? $0) } ?? whole
        let names = report?.format?.formatName?.split(separator: ",") ?? []
        tellsCuts = names.contains("mov") || names.contains("matroska")
        comment = report?.format?.tags?["comment"]
    }

    /// Seconds at which the pictures end, on the clock of their times, as the header says; nil
    /// where it does not.
    var end: Double? {
        if video.clockedEnd != nil { return duration.map { origin + $0 } }
        let start = Self.seconds(video.startTime) ?? startTime
        return Self.seconds(video.duration).map { start + $0 }
    }

    /// The time base of the pictures, 1/90000 where the file has none.
    var timeBase: Rational { video.timeBase.flatMap(Rational.init) ?? Rational(1, 90_000) }

    private static func seconds(_ text: String?) -> Double? {
        text.flatMap { Double($0) }.flatMap { clocked($0) }
    }

    /// A time within what a film's clock can show; else nil.
    private static func clocked(_ seconds: Double) -> Double? {
        abs(seconds) <= FilmOptions.latest ? seconds : nil
    }

    /// What ffprobe said, without the name that the sentence has already.
    private static func reason(_ ending: MediaProcess.Ending, _ path: FilePath) -> String {
        let line = ending.reason
        let argument = String(decoding: MediaArgument(path).bytes, as: UTF8.self)
        for name in [argument, path.string] where line.hasPrefix(name + ": ") {
            return String(line.dropFirst(name.count + 2))
        }
        return line
    }
}
