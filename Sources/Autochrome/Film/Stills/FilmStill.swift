package import SystemPackage

/// A picture of one shot of a film.
package struct FilmStill: Sendable {
    /// The picture's file.
    package let path: FilePath

    /// When its frame is shown.
    package let moment: FilmMoment

    /// When the shot's first frame is shown.
    package let first: FilmMoment

    /// When the shot's last frame is shown.
    package let last: FilmMoment

    /// Whether a file of that name was there, and stayed.
    package let isKept: Bool
}
