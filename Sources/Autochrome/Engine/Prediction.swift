/// Prediction of a network for a picture, before the read-out; later read-outs with
/// another vividness need no second run of the network.
package struct Prediction: Sendable {
    /// Logits `[261, height, width]`, or a*b* `[2, height, width]`, row-major.
    let values: [Float]
    let channels: Int
    /// Columns of the output, a quarter of the input's or as many.
    package let width: Int
    /// Its rows.
    package let height: Int

    /// The numbers, row-major.
    package var floats: [Float] { values }

    /// Number of values, of four bytes each.
    package var valueCount: Int { values.count }
}

extension Prediction {
    /// Prediction from an engine's output for a batch of one.
    init(_ output: NumberArray) {
        self.init(
            values: output.values, channels: output.shape[1], width: output.shape[3],
            height: output.shape[2])
    }

    /// As an engine has it: `[1, channels, height, width]`.
    var shape: [Int] { [1, channels, height, width] }
}
