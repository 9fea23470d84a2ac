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
        let timeBase: String?
        let avgFrameRate: String?
        let startTime: String?
        let duration: String?
        let disposition: [String: Int]?
        let tags: [String: String]?

        /// A picture that stands for the file, as of a record's sleeve, not a film.
        var isCover: Bool { disposition?["attached_pic"] == 1 }
    }

    private struct Format: Decodable {
        let startTime: String?
        let duration: String?
        let tags: [String: String]?
    }

    private struct Report: Decodable {
        let streams: [Stream]?
        let format: Format?
    }

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

    /// The file's own comment.
    let comment: String?

    /// Asks ffprobe.
    ///
    /// - Throws: `FilmError` when there is no ffprobe, it cannot read the file, or the file has
    ///   no moving pictures.
    package init(of path: FilePath) async throws {
        let arguments = ["-v", "error", "-of", "json", "-show_streams", "-show_format"]
        let (output, ending) = try await MediaTool.run(
            "ffprobe", arguments + [MediaTool.name(path)])
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
        startTime = report?.format?.startTime.flatMap(Double.init) ?? 0
        duration = (video.duration ?? report?.format?.duration).flatMap(Double.init)
        comment = report?.format?.tags?["comment"]
    }

    /// The time base of the pictures, 1/90000 where the file has none.
    var timeBase: Rational { video.timeBase.flatMap(Rational.init) ?? Rational(1, 90_000) }

    /// Frames a second on average, if the file says so.
    package var frameRate: Double? {
        video.avgFrameRate.flatMap { Rational($0) }?.value
    }

    /// What ffprobe said, without the name that the sentence has already.
    private static func reason(_ ending: MediaProcess.Ending, _ path: FilePath) -> String {
        let line = ending.reason
        for name in [MediaTool.name(path), path.string] where line.hasPrefix(name + ": ") {
            return String(line.dropFirst(name.count + 2))
        }
        return line
    }
}
