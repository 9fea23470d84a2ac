/// What a network said of a picture, before a colour is read out of it; later read-outs with
/// another vividness need no second run of the network.
package struct Prediction: Sendable {
    /// Logits `[261, height, width]`, or a*b* `[2, height, width]`, row-major.
    let values: [Float]
    let channels: Int
    /// Columns of the output, a quarter of the input's or as many.
    package let width: Int
    /// Its rows.
    package let height: Int

    /// How many numbers it holds, of four bytes each.
    package var valueCount: Int { values.count }
}
