/// Recommended use of a model, from its file, else the defaults for older files.
public struct ModelUse: Codable, Sendable, Equatable {
    /// The shorter side, in pixels, at which it sees a photograph.
    public let workingSide: Int
    /// At how many sizes it sees it: 1, or 2 for three quarters of the size besides. A network that
    /// takes hints sees it once.
    public let looks: Int

    /// The names of both in a file's metadata.
    package static let (workingSideKey, looksKey) = ("working side", "looks")
    /// The working sides that there may be, in pixels.
    package static let workingSides = 32...2048
}

extension Weights {
    /// Recommended use of the model. Files of version 0.1 lack it: 256 pixels, and two looks
    /// for a ChromaNetwork.
    package var use: ModelUse {
        let takesHints = tensors[ChromaTransformer<Tensor>.mark] != nil
        let isOld = tensors[ChromaNetwork<Tensor>.mark] != nil
        let side = metadata[ModelUse.workingSideKey].flatMap(Int.init)
        let looks = metadata[ModelUse.looksKey].flatMap(Int.init)
        return ModelUse(
            workingSide: side.map {
                min(max($0, ModelUse.workingSides.lowerBound), ModelUse.workingSides.upperBound)
            } ?? 256,
            looks: takesHints ? 1 : looks.map { min(max($0, 1), 2) } ?? (isOld ? 2 : 1))
    }
}
