import Autochrome
import SystemPackage

/// Hints and palettes for a batch: from the command line, and from hints files that
/// lie beside the photographs.
struct GivenHints {
    /// For the one photograph that there is.
    let hints: Hints?
    /// Of `--palette`, which goes before that of a file of hints.
    let palette: Palette?
    /// Of `--like`, which comes after it.
    let reference: Palette?
    /// Whether files of hints beside photographs are taken.
    let takesNeighbours: Bool

    /// Hints and palette of one photograph.
    struct Choice {
        /// Nil for nothing.
        let hints: Hints?
        /// The file beside the photograph that they are from.
        let file: FilePath?
    }

    /// The hints of a photograph or film.
    ///
    /// - Parameters:
    ///   - input: the photograph or film.
    ///   - isFilm: whether it is a film, which has a palette alone.
    /// - Throws: `HintsError` of the file beside the photograph.
    func choice(for input: FilePath, isFilm: Bool = false) throws(HintsError) -> Choice {
        let file = Self.neighbour(of: input)
        let isTaken = takesNeighbours && !isFilm && FileFacts.kind(of: file) != nil
        var hints = try isTaken ? Hints(reading: file) : self.hints ?? Hints()
        hints.palette = palette ?? hints.palette ?? reference
        return Choice(
            hints: hints == Hints() ? nil : hints, file: isTaken ? file : nil)
    }

    /// `photo.jpg.hints.json` for `photo.jpg`.
    static func neighbour(of input: FilePath) -> FilePath {
        FilePath(bytes: input.bytes + ".hints.json".utf8)
    }
}
