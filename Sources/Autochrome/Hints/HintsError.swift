/// What can go wrong with hints. `description` is a whole sentence that names the file and, where
/// there is one, the place in it.
public enum HintsError: Error, Equatable, Sendable {
    /// The operating system does not hand the file out; its reason.
    case unreadable(file: String, reason: String)
    /// More bytes than a file of hints may have.
    case tooLarge(file: String)
    /// The file is no JSON; the reader's words.
    case notJSON(file: String, detail: String)
    /// Something in the file that cannot be used: where, as in `points[3].x`, and why.
    case wrong(file: String, place: String, reason: String)
    /// A picture of strokes without transparency, or without strokes; which.
    case noStrokes(file: String, reason: String)
    /// A picture of strokes of another shape than the photograph's.
    case otherShape(file: String, size: String, photo: String, photoSize: String)
    /// The network does not listen to hints and palettes; the model's name.
    case notHeard(model: String)
    /// The network gives one colour a pixel, and no likelihoods; the model's name.
    case noLikelihoods(model: String)
    /// A reference for a palette that is not in colour.
    case noColors(file: String)
}

extension HintsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file): cannot be read: \(reason)."
        case .tooLarge(let file):
            "\(file): too large; a file of hints has at most \(Hints.mostBytes) bytes."
        case .notJSON(let file, let detail):
            "\(file): no JSON (\(detail)); Documentation/Hints.md describes files of hints."
        case .wrong(let file, let place, let reason):
            "\(file): " + (place.isEmpty ? "" : "\(place) ") + "\(reason)."
        case .noStrokes(let file, let reason):
            "\(file): \(reason); strokes are painted on a transparent layer of the photograph's "
                + "shape, and that layer is exported alone."
        case .otherShape(let file, let size, let photo, let photoSize):
            "\(file): \(size) pixels, another shape than that of \(photo) with \(photoSize); "
                + "export the strokes uncropped."
        case .notHeard(let model):
            "the model \(model) listens to no hints and no palettes; give another --model, or "
                + "--no-hints to colour without. Hints that are all only_here need no listening."
        case .noLikelihoods(let model):
            "the model \(model) gives one colour for a place and no others that are likely; give "
                + "another --model."
        case .noColors(let file):
            "\(file): not in colour; a palette is taken from photographs in colour."
        }
    }
}
