/// The encoder's part of a picture, from which predictions with other hints need no second run of
/// it. Some 3.5 bytes for each pixel of the picture and each channel at stride 4.
package struct Encoding: Sendable, Equatable {
    let planes: [NumberArray]
    /// The same of the second look; empty where there is none.
    var second: [NumberArray] = []

    /// How many bytes it holds.
    package var byteCount: Int { 4 * (planes + second).reduce(0) { $0 + $1.values.count } }
}
