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
    static func of<Sample>(
        _ samples: [Sample], side: Int, cells: Int, _ value: (Sample) -> Float
    ) -> [Float] {
        let reaches = (0..<cells).map { reach(of: $0, cells: cells, side: side) }
        var result: [Float] = []
        result.reserveCapacity(cells * cells * 3)
        var sums = [Float](repeating: 0, count: side * 3)
        for rows in reaches {
            add(rows, of: samples, into: &sums, value)
            sums.withUnsafeBufferPointer { sums in
                for columns in reaches {
                    var mean = SIMD4<Float>()
                    for column in columns {
                        let start = 3 * column.index
                        mean +=
                            column.weight * SIMD4(sums[start], sums[start + 1], sums[start + 2], 0)
                    }
                    result.append(mean.x)
                    result.append(mean.y)
                    result.append(mean.z)
                }
            }
        }
        return result
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
    private static func add<Sample>(
        _ rows: [Reach], of samples: [Sample], into sums: inout [Float],
        _ value: (Sample) -> Float
    ) {
        samples.withUnsafeBufferPointer { samples in
            sums.withUnsafeMutableBufferPointer { sums in
                sums.update(repeating: 0)
                for row in rows {
                    let start = row.index * sums.count
                    for index in 0..<sums.count {
                        sums[index] += row.weight * value(samples[start + index])
                    }
                }
            }
        }
    }
}
