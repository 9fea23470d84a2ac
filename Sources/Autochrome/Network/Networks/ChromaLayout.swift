/// The sizes of a `ChromaNetwork`, by the EfficientNet-Lite that it begins with.
package enum ChromaLayout: String, Sendable, CaseIterable {
    case lite0 = "Lite0"
    case lite2 = "Lite2"

    /// That of a network with tensors of these names.
    package init(tensors names: some Collection<String>) {
        self = names.contains("encoder.blocks.16.project.conv.weight") ? .lite2 : .lite0
    }

    /// One stage of the encoder: blocks of one kernel, the first of which changes stride and
    /// channels.
    struct Stage {
        let kernel: Int
        let stride: Int
        let outputs: Int
        let blocks: Int
    }

    /// The seven stages, behind a stem of 32 channels (Tan and Le, 2019, table 1; Lite2: channels
    /// times 1.1, blocks times 1.2, but for the stem, the first stage and the last one's blocks).
    var stages: [Stage] {
        let (outputs, blocks) =
            switch self {
            case .lite0: ([16, 24, 40, 80, 112, 192, 320], [1, 2, 2, 3, 3, 4, 1])
            case .lite2: ([16, 24, 48, 88, 120, 208, 352], [1, 3, 3, 4, 4, 5, 1])
            }
        let (kernels, strides) = ([3, 3, 5, 3, 5, 5, 3], [1, 2, 2, 2, 1, 2, 1])
        return kernels.indices.map {
            Stage(
                kernel: kernels[$0], stride: strides[$0], outputs: outputs[$0], blocks: blocks[$0])
        }
    }

    /// Name prefixes of the tensors of the stem and of these first stages.
    package func prefixes(ofStages count: Int) -> [String] {
        guard count > 0 else { return [] }
        let blocks = stages.prefix(count).map(\.blocks).reduce(0, +)
        return ["encoder.stem."] + (0..<blocks).map { "encoder.blocks.\($0)." }
    }

    /// Channels by stride, of the encoder's features and of the decoder's.
    struct Channels {
        let stride4: Int
        let stride8: Int
        let stride16: Int
        let stride32: Int
    }

    var encoder: Channels {
        let outputs = stages.map(\.outputs)
        return Channels(
            stride4: outputs[1], stride8: outputs[2], stride16: outputs[4], stride32: outputs[6])
    }

    var decoder: Channels {
        Channels(
            stride4: self == .lite0 ? 96 : 64, stride8: 128, stride16: 160, stride32: 192)
    }

    /// Channels of the decoder's last layer.
    var refined: Int { self == .lite0 ? 128 : 96 }
}
