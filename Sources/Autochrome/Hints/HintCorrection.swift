/// Lays hints' colours over a photograph, row by row, exactly as they were given.
///
/// How much of a full-size pixel is a hint's comes from the nine pixels around it of the small
/// picture, by nearness (quadratic B-spline) and by likeness of lightness, so that it follows the
/// edges of the full size (joint bilateral upsampling; Kopf et al., SIGGRAPH 2007). A pixel pointed
/// at, or painted, has its colour whole.
package struct HintCorrection: Sendable {
    /// Of the small picture: L*, the share of each pixel that is hints', and their colour.
    private let lightness: Plane
    private let share: Plane
    private let a: Plane
    private let b: Plane
    /// Whether the nine pixels around one of the small picture are alike.
    private let kinds: [Kind]
    /// By row of the small picture: the columns around which hints are.
    private let spans: [Range<Int>]
    /// Pixels of the full size.
    private let width: Int
    private let height: Int
    /// By row of the full size, in their order: the pixels that were pointed at.
    private let pixels: [Int: [Pixel]]
    private let strokes: HintStrokes?

    private struct Pixel {
        let x: Int
        let color: HintColor
    }

    private enum Kind: UInt8 {
        /// None of the nine is a hint's.
        case empty
        /// All have one colour whole.
        case full
        case mixed
    }

    /// - Parameters:
    ///   - field: the hints on the small picture.
    ///   - hints: the same as they were given.
    ///   - lightness: of the small picture.
    ///   - width: of the full size, in pixels.
    ///   - height: the same.
    init(_ field: HintField, _ hints: Hints, lightness: Plane, width: Int, height: Int) {
        self.lightness = lightness
        (share, a, b) = (field.share, field.a, field.b)
        (self.width, self.height, strokes) = (width, height, hints.strokes)
        let kinds = Self.kinds(of: field)
        self.kinds = kinds
        let columns = lightness.width
        spans = (0..<lightness.height).map { y in
            let row = kinds[y * columns..<(y + 1) * columns]
            guard let first = row.firstIndex(where: { $0 != .empty }),
                let last = row.lastIndex(where: { $0 != .empty })
            else { return 0..<0 }
            return first - row.startIndex..<last - row.startIndex + 1
        }
        var pixels: [Int: [Pixel]] = [:]
        for (point, hasPixel) in zip(hints.points, field.havePixels) where hasPixel {
            let x = min(Int(point.x * Double(width)), width - 1)
            let y = min(Int(point.y * Double(height)), height - 1)
            pixels[y, default: []].append(Pixel(x: x, color: point.color))
        }
        self.pixels = pixels
    }

    /// How alike two lightnesses are, 0...1: of a difference of 4, a quarter.
    @inline(__always)
    static func likeness(_ difference: Float) -> Float {
        let distance = difference * 0.25
        let share = 1 / (1 + distance * distance)
        return share * share
    }
}

extension HintCorrection {
    /// Colours the pixels of a row that hints colour.
    ///
    /// - Parameters:
    ///   - y: the row of the whole picture.
    ///   - columns: the stretch of that row.
    ///   - lightness: L* of the stretch.
    ///   - a: its a*, which is changed.
    ///   - b: its b*.
    ///   - isHinted: becomes 1 for pixels whose colour is, wholly or in part, a hint's.
    func apply(
        y: Int, columns: Range<Int>, lightness: UnsafePointer<Float>,
        a: UnsafeMutablePointer<Float>, b: UnsafeMutablePointer<Float>,
        isHinted: UnsafeMutablePointer<Float>
    ) {
        let down = Taps(y, of: height, from: self.lightness.height)
        let scale = Float(width) / Float(self.lightness.width)
        let span = spans[down.middle]
        let start = max(columns.lowerBound, Int(Float(span.lowerBound) * scale))
        let end = min(columns.upperBound, Int((Float(span.upperBound) * scale).rounded(.up)))
        for x in start..<max(start, end) {
            let across = Taps(x, of: width, from: self.lightness.width)
            let (place, i) = (
                down.middle * self.lightness.width + across.middle, x - columns.lowerBound
            )
            switch kinds[place] {
            case .empty: continue
            case .full: (a[i], b[i], isHinted[i]) = (self.a.values[place], self.b.values[place], 1)
            case .mixed: isHinted[i] = mix(across, down, lightness[i], &a[i], &b[i]) ? 1 : 0
            }
        }
        if let strokes { paint(strokes, y: y, columns: columns, a, b, isHinted) }
        for pixel in pixels[y] ?? [] where columns.contains(pixel.x) {
            let i = pixel.x - columns.lowerBound
            (a[i], b[i], isHinted[i]) = (pixel.color.a, pixel.color.b, 1)
        }
    }

    /// The nearest sample to a place, and the weights of it and its neighbours.
    private struct Taps {
        let middle: Int
        let places: SIMD3<Int32>
        let weights: SIMD3<Float>

        @inline(__always)
        init(_ index: Int, of count: Int, from samples: Int) {
            let position = (Float(index) + 0.5) * Float(samples) / Float(count)
            middle = min(Int(position), samples - 1)
            let offset = position - Float(middle) - 0.5
            let (before, after) = (0.5 - offset, 0.5 + offset)
            weights = SIMD3(
                0.5 * before * before, 0.75 - offset * offset, 0.5 * after * after)
            places = SIMD3(
                Int32(max(middle - 1, 0)), Int32(middle), Int32(min(middle + 1, samples - 1)))
        }
    }

    /// Whether any of the nine has a hint.
    @inline(__always)
    private func mix(
        _ across: Taps, _ down: Taps, _ own: Float, _ a: inout Float, _ b: inout Float
    ) -> Bool {
        var (sum, hinted, hintA, hintB): (Float, Float, Float, Float) = (0, 0, 0, 0)
        for row in 0..<3 {
            for column in 0..<3 {
                let place = Int(down.places[row]) * lightness.width + Int(across.places[column])
                let weight =
                    down.weights[row] * across.weights[column]
                    * Self.likeness(lightness.values[place] - own)
                let part = weight * share.values[place]
                sum += weight
                hinted += part
                hintA += part * self.a.values[place]
                hintB += part * self.b.values[place]
            }
        }
        guard hinted > 0 else { return false }
        let kept = 1 - hinted / sum
        a = kept * a + hintA / sum
        b = kept * b + hintB / sum
        return true
    }

    private func paint(
        _ strokes: HintStrokes, y: Int, columns: Range<Int>, _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>, _ isHinted: UnsafeMutablePointer<Float>
    ) {
        let row = y * strokes.height / height
        for x in columns {
            guard let (color, share) = strokes.color(x: x * strokes.width / width, y: row) else {
                continue
            }
            let i = x - columns.lowerBound
            a[i] += share * (color.a - a[i])
            b[i] += share * (color.b - b[i])
            isHinted[i] = 1
        }
    }
}

extension HintCorrection {
    private static func kinds(of field: HintField) -> [Kind] {
        let (width, height) = (field.share.width, field.share.height)
        var kinds = [Kind](repeating: .empty, count: width * height)
        for y in 0..<height {
            for x in 0..<width { kinds[y * width + x] = kind(x, y, of: field) }
        }
        return kinds
    }

    private static func kind(_ x: Int, _ y: Int, of field: HintField) -> Kind {
        let (a, b) = (field.a[x, y], field.b[x, y])
        var (isEmpty, isFull) = (true, true)
        for row in max(0, y - 1)...min(field.share.height - 1, y + 1) {
            for column in max(0, x - 1)...min(field.share.width - 1, x + 1) {
                let share = field.share[column, row]
                isEmpty = isEmpty && share == 0
                isFull =
                    isFull && share == 1 && field.a[column, row] == a
                    && field.b[column, row] == b
            }
        }
        return isEmpty ? .empty : isFull ? .full : .mixed
    }
}
