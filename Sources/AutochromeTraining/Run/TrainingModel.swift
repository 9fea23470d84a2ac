internal import Autochrome

/// A network with weights that change.
struct TrainingModel {
    private enum Content {
        case chroma(ChromaNetwork)
        case resNet(ResNet)
    }

    let kind: NetworkKind
    /// Every tensor by name.
    let tensors: [String: Tensor]
    /// The names of those that are learnt, sorted.
    let learned: [String]
    private let content: Content

    init(
        _ kind: NetworkKind, _ tensors: [String: Tensor], learning: Bool,
        frozenStages: Int = 0
    ) throws(TrainingError) {
        self.kind = kind
        self.tensors = tensors
        let frozen = ChromaLayout(tensors: tensors.keys).prefixes(ofStages: frozenStages)
        learned = tensors.keys.filter { name in
            (name.hasSuffix(".weight") || name.hasSuffix(".bias"))
                && !frozen.contains(where: name.hasPrefix)
        }.sorted()
        content = try TrainingError.wrapping {
            switch kind {
            case .chroma: .chroma(try ChromaNetwork(tensors).frozen(stages: frozenStages))
            case .resNet: .resNet(try ResNet(tensors))
            }
        }
        guard learning else { return }
        for name in learned {
            try TrainingError.wrapping { try tensors[name]?.requireGradient() }
        }
    }

    func callAsFunction(_ lightness: Tensor, mode: Mode) throws(TensorError) -> Tensor {
        switch content {
        case .chroma(let network): try network(lightness, mode: mode)
        case .resNet(let network): try network(lightness, mode: mode)
        }
    }

    /// The a*b* that an output stands for, `[N, 2, h, w]`.
    func colors(from output: Tensor, vividness: Double = 0) throws(TensorError) -> Tensor {
        switch content {
        case .chroma(let network):
            try network.readout.ab(from: output.converted(to: .float32), vividness: vividness)
        case .resNet: output
        }
    }

    /// The weights of the colour cells, `[261]`; nil for a network without.
    var colorWeights: Tensor? { tensors["color_weights"] }

    /// The learnt tensors, in the order of `learned`.
    var parameters: [Tensor] { learned.compactMap { tensors[$0] } }

    static func shapes(
        of kind: NetworkKind, _ encoder: ChromaLayout
    ) throws(TrainingError) -> [String: [Int]] {
        try TrainingError.wrapping {
            switch kind {
            case .chroma: try ChromaNetwork.parameterShapes(encoder)
            case .resNet: try ResNet.parameterShapes(())
            }
        }
    }
}
