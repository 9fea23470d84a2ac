/// Kind of network, by which a file of weights is identified.
package enum NetworkKind: String, Sendable, CaseIterable {
    case chromaTransformer = "ChromaTransformer"
    case chroma = "ChromaNetwork"
    case resNet = "ResNet"

    /// The network type, with its properties.
    package var network: any Network<Tensor>.Type { network(of: Tensor.self) }

    /// The network, computing with such values.
    package func network<Value: NetworkValue>(of value: Value.Type) -> any Network<Value>.Type {
        switch self {
        case .chromaTransformer: ChromaTransformer<Value>.self
        case .chroma: ChromaNetwork<Value>.self
        case .resNet: ResNet<Value>.self
        }
    }

    /// The kind named in the metadata, else found by the names of the tensors.
    ///
    /// - Throws: `WeightsError.foreign` when they are of no network here, `.checkpoint` when a
    ///   training resumes from them.
    package init(of weights: Weights) throws(WeightsError) {
        try weights.refuseCheckpoint()
        if let named = weights.metadata["network"].flatMap(Self.init(rawValue:)) {
            self = named
        } else if let marked = Self.marked(by: weights.tensors) {
            self = marked
        } else {
            throw .foreign(
                file: weights.file,
                network: Self.allCases.map(\.rawValue).joined(separator: " or "),
                missing: Self.marks, unexpected: weights.tensors.keys.sorted())
        }
    }

    private static var marks: [String] { allCases.map { $0.network.mark }.sorted() }

    private static func marked(by tensors: [String: StoredTensor]) -> NetworkKind? {
        allCases.first { tensors[$0.network.mark] != nil }
    }
}
