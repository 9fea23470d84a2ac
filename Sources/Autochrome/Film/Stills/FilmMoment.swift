/// The time of a frame as the name of its still says it: whole microseconds on the film's clock,
/// on which `--start` counts, too.
///
/// Frames of a film are further apart than a microsecond, so each has a moment of its own, and
/// the frame of a moment is the one for which the same arithmetic gives the same number.
package struct FilmMoment: Sendable, Hashable, Comparable {
    /// Microseconds from where the film's clock begins; what starts before that is below 0.
    package let microseconds: Int64

    /// A moment of so many microseconds.
    package init(microseconds: Int64) { self.microseconds = microseconds }

    /// The moment of a frame.
    ///
    /// - Parameters:
    ///   - time: of the frame, in units of the film's time base.
    ///   - facts: the film.
    init(_ time: Int64, in facts: FilmFacts) {
        let origin = Int64((facts.origin * 1e6).rounded())
        microseconds = facts.timeBase.microseconds(time) - origin
    }

    /// Reads what `name` writes, `01h02m03.456789s`; nil for anything else.
    package init?(name: String) {
        let digits = name.drop { $0 == "-" }
        let parts = digits.split(omittingEmptySubsequences: false) { "hm.s".contains($0) }
            .map { Int64($0) }
        guard parts.count == 5, let hours = parts[0], let minutes = parts[1],
            let seconds = parts[2], let rest = parts[3], hours < 10_000_000
        else { return nil }
        let size = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + rest
        microseconds = digits.count < name.count ? -size : size
        // One spelling for each moment, so that names can be compared as well.
        guard self.name == name else { return nil }
    }

    /// Hours, minutes and seconds, in a form that every file system takes and that sorts by time.
    package var name: String {
        let (seconds, rest) = abs(microseconds).quotientAndRemainder(dividingBy: 1_000_000)
        let (minutes, second) = seconds.quotientAndRemainder(dividingBy: 60)
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return (microseconds < 0 ? "-" : "")
            + "\(hour.padded(2))h\(minute.padded(2))m\(second.padded(2)).\(rest.padded(6))s"
    }

    /// Seconds on the film's clock.
    package var seconds: Double { Double(microseconds) / 1e6 }

    /// Whether one comes before the other.
    ///
    /// - Parameters:
    ///   - first: the one.
    ///   - second: the other.
    package static func < (first: FilmMoment, second: FilmMoment) -> Bool {
        first.microseconds < second.microseconds
    }
}
