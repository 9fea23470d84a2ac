/// The 4 x 4 cells around a place and their weights (Catmull and Rom's cubic), which keeps what
/// is carried from frame to frame sharper than straight lines do.
struct CubicTap {
    let columns: SIMD4<Int32>
    let rows: SIMD4<Int32>
    let columnWeights: SIMD4<Float>
    let rowWeights: SIMD4<Float>

    private let width: Int32

    @inline(__always)
    init(_ x: Float, _ y: Float, _ width: Int, _ height: Int) {
        (columns, columnWeights) = Self.line(x, width)
        (rows, rowWeights) = Self.line(y, height)
        self.width = Int32(width)
    }

    /// The plane's value there.
    @inline(__always)
    func sample(_ plane: UnsafeBufferPointer<Float>) -> Float {
        var sum = SIMD4<Float>()
        for column in 0..<4 {
            let start = Int(columns[column])
            let line = SIMD4(
                plane[Int(rows[0] * width) + start], plane[Int(rows[1] * width) + start],
                plane[Int(rows[2] * width) + start], plane[Int(rows[3] * width) + start])
            sum += columnWeights[column] * line
        }
        return (rowWeights * sum).sum()
    }

    @inline(__always)
    private static func line(_ place: Float, _ count: Int) -> (SIMD4<Int32>, SIMD4<Float>) {
        let inside = min(max(0, place), Float(count - 1))
        let first = Int32(inside)
        let t = inside - Float(first)
        let indices = (SIMD4(-1, 0, 1, 2) &+ first).clamped(
            lowerBound: SIMD4(repeating: 0), upperBound: SIMD4(repeating: Int32(count - 1)))
        let weights = SIMD4(
            ((2 - t) * t - 1) * t, (3 * t - 5) * t * t + 2, ((4 - 3 * t) * t + 1) * t,
            (t - 1) * t * t)
        return (indices, weights / 2)
    }
}
