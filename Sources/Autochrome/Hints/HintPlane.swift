/// Colours given for places of a picture, as a network takes them: at every fourth pixel, the mean
/// a* and b* of the pixels that have a hint, and their share.
package struct HintPlane: Sendable, Equatable {
    /// Pixels of the picture, across and down, for one place.
    package static let stride = 4
    /// What a* and b* are divided by in `values`.
    package static let scale: Float = 100

    /// Columns, a quarter of the picture's.
    package let width: Int
    /// Rows.
    package let height: Int
    /// `[3, height, width]`: a* and b*, in hundredths, and the share, 0...1.
    package private(set) var values: [Float]

    /// A plane without hints, for a picture of this size, in multiples of 4.
    package init(pictureWidth: Int, pictureHeight: Int) {
        (width, height) = (pictureWidth / Self.stride, pictureHeight / Self.stride)
        values = [Float](repeating: 0, count: 3 * width * height)
    }

    /// The colours of a picture's pixels, by the share of each that is given.
    ///
    /// - Parameters:
    ///   - share: how much of each pixel is given, 0...1; planes of one size.
    ///   - a: the a* that is given.
    ///   - b: the b*.
    ///   - pictureWidth: the picture's width as the network takes it, at least the planes'.
    ///   - pictureHeight: its height.
    package init(share: Plane, a: Plane, b: Plane, pictureWidth: Int, pictureHeight: Int) {
        self.init(pictureWidth: pictureWidth, pictureHeight: pictureHeight)
        let (count, part) = (width * height, 1 / Float(Self.stride * Self.stride))
        for y in 0..<share.height {
            for x in 0..<share.width where share[x, y] > 0 {
                let place = y / Self.stride * width + x / Self.stride
                values[place] += share[x, y] * a[x, y] / Self.scale
                values[count + place] += share[x, y] * b[x, y] / Self.scale
                values[2 * count + place] += share[x, y]
            }
        }
        for place in 0..<count where values[2 * count + place] > 0 {
            values[place] /= values[2 * count + place]
            values[count + place] /= values[2 * count + place]
            values[2 * count + place] = min(1, values[2 * count + place] * part)
        }
    }

    /// Whether there is no hint.
    package var isEmpty: Bool { !values.suffix(width * height).contains { $0 > 0 } }
}
