/// What the names of files say of films.
package enum FilmName {
    /// Extensions of what is taken as a film.
    private static let extensions: Set = [
        "mp4", "m4v", "mov", "qt", "mkv", "webm", "avi", "mpg", "mpeg", "m2v", "mpv", "ts", "mts",
        "m2ts", "vob", "ogv", "ogm", "wmv", "asf", "flv", "f4v", "3gp", "3g2", "mxf", "dv", "rm",
        "rmvb", "y4m", "nut", "mjpg", "mjpeg", "divx", "evo", "wtv", "dvr-ms", "ivf",
    ]

    /// Whether a file of this extension is taken as a film.
    package static func isFilm(_ fileExtension: String?) -> Bool {
        fileExtension.map { extensions.contains($0.lowercased()) } ?? false
    }

    /// The extension of a film's result: the film's own where that container takes pictures of
    /// the codec, else that of Matroska, which takes whatever sound and subtitles there are.
    package static func resultExtension(for own: String?, _ codec: FilmCodec) -> String {
        let own = own?.lowercased() ?? ""
        if codec.containers.contains(own) { return own }
        if own == "qt" { return "mov" }
        if own == "mp4" || own == "m4v", let first = codec.containers.first { return first }
        return "mkv"
    }
}
