package import Autochrome

/// EfficientNet-Lite's encoder as ImageNet left it, frozen: it sees colours, and only measures.
///
/// Not `Sendable`: one thread at a time runs it.
package final class FeatureEncoder {
    /// The shorter side at which pictures are shown to it.
    package static let detail = 256

    private let run: GraphRunner
    private static let (picture, features) = ("picture", "features")

    /// Reads a file of the encoder alone, as `Scripts/imagenet-encoder` makes it: the tensors of
    /// `ChromaNetwork`'s encoder, but with a stem of three channels.
    ///
    /// - Throws: `WeightsError` for any other file, and where OpenVINO is missing.
    package init(reading file: String) throws(WeightsError) {
        let encoder = try Self.encoder(of: Weights(reading: file))
        run = try WeightsError.wrapping { () throws(TensorError) in
            let graph = Graph()
            let picture = graph.input(Self.picture, [1, 3, "H", "W"])
            let means = try encoder(picture, mode: .evaluation).stride32.globalAverage()
            try graph.output(Self.features, means, means.sizes)
            return try GraphRunner(graph.serialized(GraphDescription(name: "FeatureEncoder")))
        }
    }

    /// The means of the deepest features over a picture, 320 of Lite0.
    ///
    /// - Parameter picture: at `detail`, shorter side.
    package func features(of picture: Picture) throws(TensorError) -> [Float] {
        let size = WorkingSize(
            width: picture.width, height: picture.height,
            detail: min(picture.width, picture.height))
        let (width, height) = (size.paddedWidth, size.paddedHeight)
        let values = (0..<3).flatMap { channel in
            // 0...255 less the mean and over the range that EfficientNet-Lite was trained with
            Plane(
                width: picture.width, height: picture.height,
                values: stride(from: channel, to: picture.pixels.count, by: 3).map {
                    (Float(picture.pixels[$0]) - 127) / 128
                }
            ).reflected(toWidth: width, height: height).values
        }
        let input = try NumberArray(values, shape: [1, 3, height, width])
        return try run([Self.picture: input])[Self.features]?.values ?? []
    }

    /// The encoder of a file as ChromaNetwork begins with it: a stem that sees lightness sums what
    /// it did with three equal channels.
    ///
    /// - Throws: `WeightsError` for any other file.
    package static func tensorsForLightness(
        of weights: Weights
    ) throws(WeightsError) -> [String: StoredTensor] {
        // Building it asks for every tensor, and refuses a file that lacks one.
        _ = try encoder(of: weights)
        var tensors = weights.tensors
        let stem = "encoder.stem.conv.weight"
        guard let stored = tensors[stem] else { return tensors }
        let (values, size) = (stored.floats(), stored.shape[2] * stored.shape[3])
        let summed = (0..<stored.shape[0] * size).map { place in
            let first = place / size * 3 * size + place % size
            return values[first] + values[first + size] + values[first + 2 * size]
        }
        tensors[stem] = StoredTensor(
            summed, shape: [stored.shape[0], 1, stored.shape[2], stored.shape[3]])
        return tensors
    }

    private static func encoder(
        of weights: Weights
    ) throws(WeightsError) -> ChromaEncoder<GraphTensor> {
        let parameters = Parameters<GraphTensor> { (name, shape) throws(WeightsError) in
            guard let stored = weights.tensors[name] else {
                throw .foreign(
                    file: weights.file, network: "the ImageNet encoder with its three channels",
                    missing: [name], unexpected: [])
            }
            guard stored.shape == shape else {
                throw .wrongShape(
                    file: weights.file, tensor: name, expected: shape, found: stored.shape)
            }
            return try WeightsError.wrapping { () throws(TensorError) in
                try GraphTensor.stored(stored, on: .cpu)
            }
        }
        let layout = ChromaLayout(tensors: weights.tensors.keys)
        let encoder = try ChromaEncoder(parameters["encoder"], layout, channels: 3)
        return try WeightsError.wrapping { () throws(TensorError) in try encoder.folded() }
    }
}
