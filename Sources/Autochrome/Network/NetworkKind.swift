/// Which network a file of weights belongs to.
package enum NetworkKind: String, Sendable, CaseIterable {
    case chroma = "ChromaNetwork"
    case resNet = "ResNet"

    /// Whether it predicts a distribution, out of which a vividness chooses.
    package var takesVividness: Bool { self == .chroma }

    /// What the sides of a picture must be multiples of.
    package var multiple: Int { self == .chroma ? 32 : 4 }

    /// By what the metadata says, else by the names of the tensors.
    ///
    /// - Throws: `WeightsError.foreign` when they are of no network here, `.checkpoint` when a
    ///   training goes on from them.
    package init(of weights: Weights) throws(WeightsError) {
        try weights.refuseCheckpoint()
        if let named = weights.metadata["network"].flatMap(Self.init(rawValue:)) {
            self = named
        } else if weights.tensors["deconv2.weight"] != nil {
            self = .resNet
        } else if weights.tensors["decoder.refine.conv.weight"] != nil {
            self = .chroma
        } else {
            throw .foreign(
                file: weights.file, network: "ChromaNetwork or ResNet",
                missing: ["decoder.refine.conv.weight", "deconv2.weight"],
                unexpected: weights.tensors.keys.sorted())
        }
    }
}
