extension FilmFacts {
    /// What there is to say of frames whose lines were not taken at one moment; else nil.
    var interlacedNote: String? {
        guard ["tt", "bb", "tb", "bt"].contains(video.fieldOrder) else { return nil }
        return "\(path): it is interlaced, and the result is marked progressive. "
            + "--deinterlace makes it progressive."
    }
}
