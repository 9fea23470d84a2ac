/// Scales planes of codes to the network's working size by a triangle filter as wide as the
/// pixels it makes, which is how photographs are scaled for it, too.
struct FrameScaling: Sendable {
    /// The part of a line that makes one sample: where it begins, and its weights, sum 1.
    private struct Tap: Sendable {
        let start: Int
        let weights: [Float]
    }

    let width: Int
    let height: Int
    private let columns: [Tap]
    private let rows: [Tap]

    init(from: (width: Int, height: Int), to: (width: Int, height: Int)) {
        (width, height) = to
        columns = Self.taps(from: from.width, to: to.width)
        rows = Self.taps(from: from.height, to: to.height)
    }

    private static func taps(from count: Int, to target: Int) -> [Tap] {
        let scale = Double(count) / Double(target)
        let radius = max(1, scale)
        return (0..<target).map { index in
            let center = (Double(index) + 0.5) * scale
            let first = max(0, Int((center - radius).rounded(.down)))
            let last = min(count - 1, Int((center + radius).rounded(.up)))
            let all = (first...last).map { max(0, 1 - abs(Double($0) + 0.5 - center) / radius) }
            let sum = all.reduce(0, +)
            return Tap(start: first, weights: all.map { Float($0 / sum) })
        }
    }

    /// The plane scaled.
    ///
    /// - Parameters:
    ///   - codes: the plane's bytes.
    ///   - stride: samples a row.
    func scaled(_ codes: UnsafeRawBufferPointer, stride: Int, depth: Int) -> [Float] {
        depth > 8
            ? scaled(codes.bindMemory(to: UInt16.self), stride: stride)
            : scaled(codes.bindMemory(to: UInt8.self), stride: stride)
    }

    @inline(__always)
    private func scaled<Code: FixedWidthInteger>(
        _ codes: UnsafeBufferPointer<Code>, stride: Int
    ) -> [Float] {
        var line = [Float](repeating: 0, count: stride)
        return [Float](unsafeUninitializedCapacity: width * height) { target, count in
            line.withUnsafeMutableBufferPointer { line in
                for (y, row) in rows.enumerated() {
                    line.update(repeating: 0)
                    for (offset, weight) in row.weights.enumerated() where weight > 0 {
                        let source = codes.baseAddress! + (row.start + offset) * stride
                        for x in 0..<stride { line[x] += weight * Float(source[x]) }
                    }
                    narrow(line, into: target.baseAddress! + y * width)
                }
            }
            count = width * height
        }
    }

    private func narrow(
        _ line: UnsafeMutableBufferPointer<Float>, into target: UnsafeMutablePointer<Float>
    ) {
        for (x, column) in columns.enumerated() {
            column.weights.withUnsafeBufferPointer { weights in
                var sum: Float = 0
                for index in 0..<weights.count {
                    sum += weights[index] * line[column.start + index]
                }
                target[x] = sum
            }
        }
    }
}
