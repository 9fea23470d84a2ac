/// Where each cell of one frame's colour grid lies in another frame.
package struct MotionField: Sendable {
    /// Cells in a row.
    package let width: Int

    /// Rows of cells.
    package let height: Int

    /// Displacement to the right in cells, row by row: cell (x, y) lies at (x + dx, y + dy) there.
    package var dx: [Float]

    /// Displacement down, likewise.
    package var dy: [Float]

    /// How well the motion explains the lightness, 0...1; 0 where the place lies outside.
    package var confidence: [Float]

    /// A frame onto itself.
    init(restingIn width: Int, _ height: Int) {
        self.width = width
        self.height = height
        dx = [Float](repeating: 0, count: width * height)
        dy = dx
        confidence = [Float](repeating: 1, count: width * height)
    }

    /// The share of the frame that the motion does not explain.
    package var unexplained: Float {
        1 - confidence.reduce(0, +) / Float(max(1, confidence.count))
    }

    /// This motion, then `next` from where it leads.
    package func followed(by next: MotionField) -> MotionField {
        var result = self
        for y in 0..<height {
            for x in 0..<width {
                let i = y * width + x
                let tap = BilinearTap(Float(x) + dx[i], Float(y) + dy[i], width, height)
                result.dx[i] = dx[i] + tap.sample(next.dx)
                result.dy[i] = dy[i] + tap.sample(next.dy)
                result.confidence[i] = confidence[i] * tap.sample(next.confidence)
            }
        }
        return result.withOutsideUnexplained()
    }

    /// The motion the other way round, by fixed-point iteration of g(x) = -f(x + g(x)).
    ///
    /// Where it does not lead back, as at what only one of the frames shows, it explains nothing.
    package func inverted() -> MotionField {
        var result = self
        for y in 0..<height {
            for x in 0..<width {
                let i = y * width + x
                var (gx, gy) = (-dx[i], -dy[i])
                var tap = BilinearTap(Float(x) + gx, Float(y) + gy, width, height)
                for _ in 0..<4 {
                    (gx, gy) = (-tap.sample(dx), -tap.sample(dy))
                    tap = BilinearTap(Float(x) + gx, Float(y) + gy, width, height)
                }
                let (missX, missY) = (gx + tap.sample(dx), gy + tap.sample(dy))
                let miss = missX * missX + missY * missY
                result.dx[i] = gx
                result.dy[i] = gy
                result.confidence[i] = tap.sample(confidence) / (1 + 4 * miss)
            }
        }
        return result.withOutsideUnexplained()
    }

    /// No confidence where the motion leads out of the frame by more than half a cell.
    func withOutsideUnexplained() -> MotionField {
        var result = self
        for y in 0..<height {
            for x in 0..<width {
                let i = y * width + x
                let (px, py) = (Float(x) + dx[i], Float(y) + dy[i])
                let isInside =
                    px >= -0.5 && py >= -0.5 && px <= Float(width) - 0.5
                    && py <= Float(height) - 0.5
                if !isInside { result.confidence[i] = 0 }
            }
        }
        return result
    }

    /// The plane of the other frame as this one sees it.
    func carried(_ plane: [Float]) -> [Float] {
        var result = [Float](repeating: 0, count: plane.count)
        for y in 0..<height {
            for x in 0..<width {
                let i = y * width + x
                let tap = BilinearTap(Float(x) + dx[i], Float(y) + dy[i], width, height)
                result[i] = tap.sample(plane)
            }
        }
        return result
    }
}
