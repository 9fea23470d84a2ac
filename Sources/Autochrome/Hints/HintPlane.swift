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

    /// Whether there is no hint.
    package var isEmpty: Bool { !values.suffix(width * height).contains { $0 > 0 } }

    /// Lays a rectangle of one colour over what is there; what lies outside the picture is cut
    /// off.
    ///
    /// - Parameters:
    ///   - x: from its left to its right edge, in pixels of the picture.
    ///   - y: from its upper to its lower edge.
    ///   - a: the colour's a*.
    ///   - b: its b*.
    package mutating func cover(
        x: ClosedRange<Double>, y: ClosedRange<Double>, a: Float, b: Float
    ) {
        for row in Self.places(y, of: height) {
            for column in Self.places(x, of: width) {
                let share = Self.overlap(x, column) * Self.overlap(y, row)
                if share > 0 { cover(row * width + column, share: Float(share), a: a, b: b) }
            }
        }
    }

    /// The new colour takes its share of the place; what was there keeps the same part of the
    /// rest.
    private mutating func cover(_ place: Int, share: Float, a: Float, b: Float) {
        let count = width * height
        let kept = values[2 * count + place] * (1 - share)
        let sum = kept + share
        let scale = 1 / Self.scale
        values[place] = (kept * values[place] + share * a * scale) / sum
        values[count + place] = (kept * values[count + place] + share * b * scale) / sum
        values[2 * count + place] = sum
    }

    /// The places that a range of pixels touches.
    private static func places(_ range: ClosedRange<Double>, of count: Int) -> Range<Int> {
        let size = Double(stride)
        let first = max(0, Int((range.lowerBound / size).rounded(.down)))
        let end = min(count, Int((range.upperBound / size).rounded(.up)))
        return first..<max(first, end)
    }

    /// The part of a place that a range of pixels covers.
    private static func overlap(_ range: ClosedRange<Double>, _ place: Int) -> Double {
        let (start, end) = (Double(place * stride), Double((place + 1) * stride))
        return max(0, min(range.upperBound, end) - max(range.lowerBound, start)) / Double(stride)
    }
}
