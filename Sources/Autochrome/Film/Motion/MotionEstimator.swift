/// Finds where every part of a frame was in the frame before.
///
/// Lucas and Kanade's least squares ("An Iterative Image Registration Technique with an
/// Application to Stereo Vision", IJCAI 1981) in every window, from coarse to fine. With G the
/// mean over a window of the outer product of the gradient, each step solves
///
/// ```
/// (G + lambda I) d = -mean(gradient * difference)
/// ```
///
/// where lambda keeps plain surfaces, of which the gradient shows grain alone, at the motion that
/// the coarser level brings. After each step that of textured places is spread over the plain ones
/// beside them: motion is averaged with the smaller eigenvalue of G, about det G / trace G, as
/// weight.
package enum MotionEstimator {
    /// Radius of the windows, in samples of each level.
    private static let window = 3
    private static let lambda: Float = 0.01

    /// Radius in which motion spreads, in samples of each level.
    private static let spread = 2
    private static let steps = 3

    /// What is taken as not explained: a difference of so much, in local deviations.
    private static let tolerance: Float = 0.45

    /// The same of light, in units of L*, beyond the change that all of the frame shares.
    private static let lightTolerance: Float = 12

    /// Motion from `frame` to `other`, both of one size, on the grid of colours.
    package static func motion(
        from frame: Glimpse, to other: Glimpse, grid: ColorGrid
    ) -> MotionField {
        let coarsest = frame.levels[frame.levels.count - 1]
        var dx = Plane(width: coarsest.width, height: coarsest.height)
        var dy = dx
        for level in frame.levels.indices.reversed() {
            let size = frame.levels[level]
            if level < frame.levels.count - 1 {
                dx = dx.resized(toWidth: size.width, height: size.height, step: 0.5)
                dy = dy.resized(toWidth: size.width, height: size.height, step: 0.5)
                for i in dx.values.indices {
                    dx.values[i] *= 2
                    dy.values[i] *= 2
                }
            }
            refine(&dx, &dy, size, other.levels[level], steps: level == 0 ? 2 : steps)
        }
        return field(dx, dy, frame, other, grid: grid)
    }

    private static func refine(
        _ dx: inout Plane, _ dy: inout Plane, _ frame: Plane, _ other: Plane, steps: Int
    ) {
        let (gx, gy) = gradients(frame)
        let xx = (gx * gx).boxMean(radius: window)
        let xy = (gx * gy).boxMean(radius: window)
        let yy = (gy * gy).boxMean(radius: window)
        var weights = xx
        for i in weights.values.indices {
            let (a, b, c) = (xx.values[i], xy.values[i], yy.values[i])
            weights.values[i] = max(0, a * c - b * b) / (a + c + 1e-6) + 1e-3
        }
        let sums = weights.boxMean(radius: spread)
        for _ in 0..<steps {
            let difference = difference(frame, other, dx, dy)
            let bx = (gx * difference).boxMean(radius: window)
            let by = (gy * difference).boxMean(radius: window)
            for i in dx.values.indices {
                let (a, b, c) = (xx.values[i] + lambda, xy.values[i], yy.values[i] + lambda)
                let scale = 1 / (a * c - b * b)
                let stepX = scale * (b * by.values[i] - c * bx.values[i])
                let stepY = scale * (b * bx.values[i] - a * by.values[i])
                dx.values[i] += min(max(stepX, -1), 1)
                dy.values[i] += min(max(stepY, -1), 1)
            }
            dx = (dx * weights).boxMean(radius: spread) / sums
            dy = (dy * weights).boxMean(radius: spread) / sums
        }
    }

    private static func gradients(_ frame: Plane) -> (Plane, Plane) {
        var (gx, gy) = (frame, frame)
        let (width, height) = (frame.width, frame.height)
        for y in 0..<height {
            let (above, below) = (max(0, y - 1) * width, min(height - 1, y + 1) * width)
            for x in 0..<width {
                let (left, right) = (max(0, x - 1), min(width - 1, x + 1))
                let row = y * width
                gx.values[row + x] = (frame.values[row + right] - frame.values[row + left]) / 2
                gy.values[row + x] = (frame.values[below + x] - frame.values[above + x]) / 2
            }
        }
        return (gx, gy)
    }

    /// The other frame, moved back, less this one.
    private static func difference(
        _ frame: Plane, _ other: Plane, _ dx: Plane, _ dy: Plane
    ) -> Plane {
        var result = frame
        other.values.withUnsafeBufferPointer { values in
            for y in 0..<frame.height {
                for x in 0..<frame.width {
                    let i = y * frame.width + x
                    let tap = BilinearTap(
                        Float(x) + dx.values[i], Float(y) + dy.values[i], frame.width,
                        frame.height)
                    result.values[i] = tap.sample(values) - frame.values[i]
                }
            }
        }
        return result
    }

    private static func field(
        _ dx: Plane, _ dy: Plane, _ frame: Glimpse, _ other: Glimpse, grid: ColorGrid
    ) -> MotionField {
        let size = frame.levels[0]
        var error = difference(size, other.levels[0], dx, dy)
        for i in error.values.indices { error.values[i] = abs(error.values[i]) }
        error = error.boxMean(radius: 2)
        let light = difference(frame.light, other.light, dx, dy)
        let shared = light.values.sorted()[light.values.count / 2]
        var confidence = error
        for i in error.values.indices {
            let miss = error.values[i] / tolerance
            let lightMiss = (light.values[i] - shared) / lightTolerance
            let (square, lightSquare) = (miss * miss, lightMiss * lightMiss)
            confidence.values[i] = 1 / (1 + square * square) / (1 + lightSquare * lightSquare)
        }
        // Samples of the first level, each two of the network's pixels, for a cell.
        let step = Float(grid.stride) / 2
        func atCells(_ plane: Plane) -> [Float] {
            plane.boxMean(radius: 1)
                .resized(toWidth: grid.width, height: grid.height, step: step).values
        }
        var field = MotionField(restingIn: grid.width, grid.height)
        field.dx = atCells(dx).map { $0 / step }
        field.dy = atCells(dy).map { $0 / step }
        field.confidence = atCells(confidence)
        return field.withOutsideUnexplained()
    }
}
