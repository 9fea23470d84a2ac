internal import Autochrome

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

    init(_ photograph: SessionPhotograph) {
        id = photograph.id
        name = photograph.sent.upload.name
        width = photograph.sent.photo.width
        height = photograph.sent.photo.height
        let stage = photograph.stage
        switch stage {
        case .queued: (state, progress, problem) = ("queued", 0, nil)
        case .coloring(let part): (state, progress, problem) = ("coloring", part, nil)
        case .done: (state, progress, problem) = ("done", 1, nil)
        case .failed(let reason): (state, progress, problem) = ("failed", 1, reason.detail)
        }
        if case .queued = stage { position = photograph.position } else { position = nil }
    }
}
