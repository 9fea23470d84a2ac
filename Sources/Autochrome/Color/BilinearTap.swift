/// The four samples around a place, and their shares; places outside are moved to the edge.
struct BilinearTap {
    private let index: Int
    private let right: Int
    private let below: Int
    private let u: Float
    private let v: Float

    @inline(__always)
    init(_ x: Float, _ y: Float, _ width: Int, _ height: Int) {
        let px = min(max(0, x), Float(width - 1))
        let py = min(max(0, y), Float(height - 1))
        let (left, top) = (Int(px), Int(py))
        index = top * width + left
        right = left + 1 < width ? 1 : 0
        below = top + 1 < height ? width : 0
        u = px - Float(left)
        v = py - Float(top)
    }

    @inline(__always)
    func sample(_ plane: [Float]) -> Float {
        plane.withUnsafeBufferPointer { sample($0) }
    }

    @inline(__always)
    func sample(_ plane: UnsafeBufferPointer<Float>) -> Float {
        let top = plane[index] + u * (plane[index + right] - plane[index])
        let low = plane[index + below]
        let bottom = low + u * (plane[index + below + right] - low)
        return top + v * (bottom - top)
    }
}
