extension Plane {
    /// Means over 2 x 2; an odd last column or row is left out.
    func halved() -> Plane {
        var result = Plane(width: max(1, width / 2), height: max(1, height / 2))
        for y in 0..<result.height {
            let (above, below) = (min(2 * y, height - 1), min(2 * y + 1, height - 1))
            for x in 0..<result.width {
                let (left, right) = (min(2 * x, width - 1), min(2 * x + 1, width - 1))
                result.values[y * result.width + x] =
                    (values[above * width + left] + values[above * width + right]
                        + values[below * width + left] + values[below * width + right]) / 4
            }
        }
        return result
    }

    /// Interpolated bilinearly at another size, corners on corners; nothing is averaged when
    /// shrinking.
    func resized(toWidth newWidth: Int, height newHeight: Int) -> Plane {
        resized(
            toWidth: newWidth, height: newHeight,
            steps: (Float(width) / Float(newWidth), Float(height) / Float(newHeight)))
    }

    /// Interpolated bilinearly at another size, the upper left corner on the upper left corner.
    ///
    /// - Parameter step: samples of this plane for one of the new one.
    func resized(toWidth newWidth: Int, height newHeight: Int, step: Float) -> Plane {
        resized(toWidth: newWidth, height: newHeight, steps: (step, step))
    }

    private func resized(
        toWidth newWidth: Int, height newHeight: Int, steps: (x: Float, y: Float)
    ) -> Plane {
        var result = Plane(width: newWidth, height: newHeight)
        for y in 0..<newHeight {
            for x in 0..<newWidth {
                let tap = BilinearTap(
                    (Float(x) + 0.5) * steps.x - 0.5, (Float(y) + 0.5) * steps.y - 0.5, width,
                    height)
                result.values[y * newWidth + x] = tap.sample(values)
            }
        }
        return result
    }
}
