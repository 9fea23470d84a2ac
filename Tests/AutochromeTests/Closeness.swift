import Testing

/// Expects every element of `a` to be within a tolerance of `b`'s.
///
/// - Parameters:
///   - tolerance: the largest difference allowed; with `relative`, as a share of the largest
///     magnitude in `b`
func expectClose(
    _ a: [Float], _ b: [Float], within tolerance: Float, relative: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard a.count == b.count else {
        Issue.record("\(a.count) values, expected \(b.count)", sourceLocation: sourceLocation)
        return
    }
    let scale = relative ? b.map(abs).max() ?? 1 : 1
    var worst = (difference: Float(0), index: 0)
    for i in a.indices {
        let difference = abs(a[i] - b[i])
        // A NaN compares as neither, and is never close.
        if difference > worst.difference || difference.isNaN {
            worst = (difference.isNaN ? .infinity : difference, i)
        }
    }
    guard worst.difference > tolerance * scale else { return }
    Issue.record(
        """
        \(a[worst.index]) at \(worst.index), expected \(b[worst.index]): off by \
        \(worst.difference), allowed \(tolerance * scale)
        """, sourceLocation: sourceLocation)
}
