/// One channel of a picture: `height` rows of `width` values, row after row.
package struct Plane: Sendable, Equatable {
    /// Columns.
    package let width: Int
    /// Rows.
    package let height: Int

    /// The values, `width * height` of them.
    package var values: [Float]

    /// A plane of these values, `width * height` of them.
    package init(width: Int, height: Int, values: [Float]) {
        precondition(values.count == width * height, "a plane holds width * height values")
        self.width = width
        self.height = height
        self.values = values
    }

    /// A plane of one value.
    package init(width: Int, height: Int, repeating value: Float = 0) {
        self.init(
            width: width, height: height, values: Array(repeating: value, count: width * height))
    }

    /// Gets or sets the value in column `x` of row `y`.
    package subscript(x: Int, y: Int) -> Float {
        get { values[y * width + x] }
        set { values[y * width + x] = newValue }
    }

    /// The plane continued to the right and below by its own mirror image, the edge pixel not
    /// repeated, as often as the new size needs.
    package func reflected(toWidth newWidth: Int, height newHeight: Int) -> Plane {
        let columns = (0..<newWidth).map { Self.mirrored($0, in: width) }
        let rows = (0..<newHeight).map { Self.mirrored($0, in: height) }
        return Plane(
            width: newWidth, height: newHeight,
            values: rows.flatMap { y in columns.map { values[y * width + $0] } })
    }

    /// The mean over blocks of `factor` x `factor`; both sides must be multiples of `factor`.
    package func averaged(by factor: Int) -> Plane {
        var result = Plane(width: width / factor, height: height / factor)
        let scale = 1 / Float(factor * factor)
        for y in 0..<result.height * factor {
            for x in 0..<result.width * factor {
                result[x / factor, y / factor] += scale * self[x, y]
            }
        }
        return result
    }

    /// Where index `i` falls when a line of `count` samples is mirrored on and on.
    static func mirrored(_ i: Int, in count: Int) -> Int {
        guard count > 1 else { return 0 }
        let period = 2 * (count - 1)
        let folded = i % period
        return folded < count ? folded : period - folded
    }
}
