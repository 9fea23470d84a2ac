import Autochrome
import SystemPackage

/// Names of results beside their photographs and films.
enum ResultName {
    /// The word before the extension.
    static let mark = "color"

    /// Whether it is called as a result is, or as the part of one that an interruption leaves.
    static func isResult(_ path: FilePath) -> Bool {
        (whole(ofPart: path) ?? path).replacingExtension(with: "").fileExtension == mark
    }

    /// `film.color.mp4` for `film.color.part.mp4` or `film.color.part-2.mp4`; nil for what is not
    /// called as a film's part is.
    static func whole(ofPart path: FilePath) -> FilePath? {
        guard let ending = path.fileExtension, FilmName.isFilm(ending) else { return nil }
        let name = path.replacingExtension(with: "")
        guard name.fileExtension?.wholeMatch(of: /part(-[0-9]+)?/) != nil else { return nil }
        return name.replacingExtension(with: ".\(ending)")
    }
}
