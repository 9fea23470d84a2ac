internal import Autochrome

/// Preparation of one photograph, independent of the others.
struct PhotoPreparation: Sendable {
    /// A file of the sources that was worked on.
    struct Result: Sendable {
        let index: Int
        let source: SourceName
        let outcome: Outcome
    }

    enum Outcome: Sendable {
        case dropped(DropReason)
        case prepared(Prepared)
    }

    /// A photograph that is kept unless it is repeated.
    struct Prepared: Sendable {
        let jpeg: [UInt8]
        let side: Int
        let sourceWidth: Int
        let sourceHeight: Int
        let isCMYK: Bool
        let colors: ColorHistogram
        let fingerprint: Fingerprint?
    }

    /// The most memory that decoding a photograph may take, in bytes.
    static let largestDecoding = 384 << 20

    private let settings: PrepareSettings
    private let budget = MemoryBudget(total: 192 << 20)

    init(_ settings: PrepareSettings) { self.settings = settings }

    /// - Throws: `PhotoError.library` and `.unwritable`, which are no photograph's fault.
    func prepare(_ member: SourceMember) throws(PhotoError) -> Result {
        let outcome: Outcome =
            switch member.content {
            case .dropped(let reason): .dropped(reason)
            case .bytes(let bytes): try outcome(bytes, name: member.source.text)
            }
        return Result(index: member.index, source: member.source, outcome: outcome)
    }

    private func outcome(_ bytes: [UInt8], name: String) throws(PhotoError) -> Outcome {
        do {
            return try PhotoData.with(bytes, name: name, cut: settings.cut) {
                (photo) throws(PhotoError) in
                if let reason = reasonAgainst(photo) { return .dropped(reason) }
                let square = try budget.with(photo.memoryNeeded) { () throws(PhotoError) in
                    try photo.square()
                }
                return try outcome(of: square, photo)
            }
        } catch {
            switch error {
            case .library, .unwritable: throw error
            default: return .dropped(.damaged)
            }
        }
    }

    /// Reason to drop that the header alone gives.
    private func reasonAgainst(_ photo: PhotoData) -> DropReason? {
        if photo.isGrey { return .oneChannel }
        if min(photo.width, photo.height) < settings.minSide { return .tooSmall }
        return photo.memoryNeeded > Self.largestDecoding ? .tooLarge : nil
    }

    private func outcome(
        of square: PhotoSquare, _ photo: PhotoData
    ) throws(PhotoError) -> Outcome {
        let thumbnail = Thumbnail(of: square)
        let planes = thumbnail.planes
        if !settings.article {
            switch ColorContent(planes) {
            case .grey: return .dropped(.grey)
            case .toned: return .dropped(.toned)
            case .colored: break
            }
        }
        return .prepared(
            Prepared(
                jpeg: try square.jpeg(quality: settings.quality), side: square.side,
                sourceWidth: photo.width, sourceHeight: photo.height, isCMYK: photo.isCMYK,
                colors: ColorHistogram(of: planes),
                fingerprint: settings.keepDuplicates ? nil : Fingerprint(of: thumbnail)))
    }
}
