/// The mean colours of the cells when a square picture is divided into fewer, each pixel counting by
/// the part of it that lies in the cell.
struct AreaMeans {
    /// A row or column of the picture that a cell reaches into, and how far.
    private struct Reach {
        let index: Int
        let weight: Float
    }

    /// - Parameters:
    ///   - samples: `[side, side, 3]`.
    ///   - cells: how many each way.
    ///   - value: what a sample stands for.
    /// - Returns: `[cells, cells, 3]`.
    @inline(__always)
    static func of<Sample>(
        _ samples: [Sample], side: Int, cells: Int, _ value: (Sample) -> Float
    ) -> [Float] {
        let reaches = (0..<cells).map { reach(of: $0, cells: cells, side: side) }
        var result = [Float](repeating: 0, count: cells * cells * 3)
        var sums = [Float](repeating: 0, count: side * 3)
        for (y, rows) in reaches.enumerated() {
            add(rows, of: samples, into: &sums, value)
            for (x, columns) in reaches.enumerated() {
                let mean = sums.withUnsafeBufferPointer { Self.mean($0, columns) }
                let place = 3 * (y * cells + x)
                for channel in 0..<3 { result[place + channel] = mean[channel] }
            }
        }
        return result
    }

    @inline(__always)
    private static func mean(
        _ sums: UnsafeBufferPointer<Float>, _ columns: [Reach]
    ) -> SIMD4<Float> {
        var mean = SIMD4<Float>()
        for column in columns {
            let start = 3 * column.index
            mean += column.weight * SIMD4(sums[start], sums[start + 1], sums[start + 2], 0)
        }
        return mean
    }

    /// The weights of a cell's rows or columns, which add up to 1.
    private static func reach(of cell: Int, cells: Int, side: Int) -> [Reach] {
        // In units of 1 / cells of a pixel, all whole numbers.
        let (start, end) = (cell * side, (cell + 1) * side)
        return (start / cells...(end - 1) / cells).map { index in
            let covered = min(end, (index + 1) * cells) - max(start, index * cells)
            return Reach(index: index, weight: Float(covered) / Float(side))
        }
    }

    /// The weighted sums of rows, place by place along the row.
    @inline(__always)
    private static func add<Sample>(
        _ rows: [Reach], of samples: [Sample], into sums: inout [Float],
        _ value: (Sample) -> Float
    ) {
        let count = sums.count
        samples.withUnsafeBufferPointer { samples in
            sums.withUnsafeMutableBufferPointer { sums in
                guard let base = samples.baseAddress, let to = sums.baseAddress else { return }
                to.update(repeating: 0, count: count)
                for row in rows {
                    // Plain pointers, so that the loop becomes vector instructions.
                    let (from, weight) = (base + row.index * count, row.weight)
                    for index in 0..<count { to[index] += weight * value(from[index]) }
                }
            }
        }
    }
}
