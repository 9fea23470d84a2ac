internal import Autochrome
internal import HTTPTypes

/// What the page is told of a photograph.
struct PhotographState: Encodable {
    let id: String
    let name: String
    let width: Int
    let height: Int
    let state: String
    let progress: Double
    let position: Int?
    let problem: String?

    /// How it was shown last; nil for the model's own.
    let vividness: Double?
    let saturation: Float

    /// SHA-256 of what its hints say; nil without hints.
    let hints: String?

    /// The HTTP status that says the same as `problem`.
    let status: Int?

    init(_ photograph: SessionPhotograph) {
        id = photograph.id
        name = photograph.sent.name
        width = photograph.sent.photo.width
        height = photograph.sent.photo.height
        (vividness, saturation) = (photograph.settings.vividness, photograph.settings.saturation)
        hints = photograph.hints?.digest
        let stage = photograph.stage
        var failure: Problem?
        switch stage {
        case .queued: (state, progress) = ("queued", 0)
        case .coloring(let part): (state, progress) = ("coloring", part)
        case .done: (state, progress) = ("done", 1)
        case .failed(let reason): (state, progress, failure) = ("failed", 1, reason)
        }
        problem = failure?.detail
        status = failure?.status.code
        if case .queued = stage { position = photograph.position } else { position = nil }
    }
}
