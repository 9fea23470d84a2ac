/// EfficientNet-Lite0's encoder as ImageNet left it, frozen: it sees colours, and only measures.
///
/// Not `Sendable`: it holds tensors.
package final class FeatureEncoder {
    /// How many features a picture has.
    package static let count = 320
    /// The shorter side at which pictures are shown to it.
    package static let detail = 256

    private let encoder: ChromaEncoder
    private let device: Device

    /// Reads a file of the encoder alone, as `Scripts/imagenet-encoder` makes it: the tensors of
    /// `ChromaNetwork`'s encoder, but with a stem of three channels.
    ///
    /// - Throws: `WeightsError` for any other file.
    package init(reading file: String, on device: Device) throws(WeightsError) {
        let weights = try Weights(reading: file)
        do throws(TensorError) {
            self.device = try device.resolved()
        } catch {
            throw .tensor(error)
        }
        let resolved = self.device
        let parameters = Parameters { (name, shape) throws(WeightsError) in
            guard let stored = weights.tensors[name], stored.shape == shape else {
                throw .foreign(
                    file: file, network: "the ImageNet encoder with its three channels",
                    missing: [name], unexpected: [])
            }
            do throws(TensorError) {
                return try stored.tensor(on: resolved)
            } catch {
                throw .tensor(error)
            }
        }
        encoder = try ChromaEncoder(parameters["encoder"], channels: 3)
    }

    /// The means of the deepest features over a picture, `[320]`.
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
        return try withoutGradient { () throws(TensorError) in
            let input = try Tensor.values(values, shape: [1, 3, height, width], on: device)
            return try encoder(input, mode: .evaluation).stride32.globalAverage().floats()
        }
    }
}
