/// The encoder's part of a picture, from which predictions with other hints need no second run of
/// it. Some 3.5 bytes for each pixel of the picture and each channel at stride 4.
package struct Encoding: Sendable {
    let planes: [NumberArray]
}
