/// A square matrix of some hundred rows. Its eigenvalues and its root are those of a symmetric one.
struct SymmetricMatrix {
    private let size: Int
    private var values: [Double]

    /// All zeros.
    init(size: Int) {
        self.size = size
        values = Array(repeating: 0, count: size * size)
    }

    subscript(row: Int, column: Int) -> Double {
        get { values[row * size + column] }
        set { values[row * size + column] = newValue }
    }

    var trace: Double { (0..<size).reduce(0) { $0 + self[$1, $1] } }

    /// The product, which is symmetric only where the two commute; R C R of symmetric ones is.
    func times(_ other: SymmetricMatrix) -> SymmetricMatrix {
        var result = SymmetricMatrix(size: size)
        for i in 0..<size {
            for k in 0..<size {
                let factor = self[i, k]
                for j in 0..<size {
                    result.values[i * size + j] += factor * other.values[k * size + j]
                }
            }
        }
        return result
    }

    func eigenvalues() -> [Double] {
        var (matrix, vectors) = (self, SymmetricMatrix(size: 0))
        matrix.diagonalize(&vectors)
        return (0..<size).map { matrix[$0, $0] }
    }

    /// The matrix whose square this is; eigenvalues below 0, which rounding makes, count as 0.
    func squareRoot() -> SymmetricMatrix {
        var (matrix, vectors) = (self, SymmetricMatrix(size: size))
        for i in 0..<size { vectors[i, i] = 1 }
        matrix.diagonalize(&vectors)
        var scaled = vectors  // row i is the i-th vector
        for i in 0..<size {
            let root = max(0, matrix[i, i]).squareRoot()
            for j in 0..<size { scaled[i, j] *= root }
        }
        return vectors.transposed().times(scaled)
    }

    private func transposed() -> SymmetricMatrix {
        var result = self
        for i in 0..<size { for j in 0..<size { result[j, i] = self[i, j] } }
        return result
    }
}

extension SymmetricMatrix {
    /// Turns the matrix into a diagonal one by rotations of two rows and columns at a time
    /// (Jacobi, 1846), and `vectors`, unless it is empty, by the same rotations of its rows.
    private mutating func diagonalize(_ vectors: inout SymmetricMatrix) {
        let limit = 1e-22 * values.reduce(0) { $0 + $1 * $1 }
        for _ in 0..<50 where offDiagonal > limit {
            for p in 0..<size {
                for q in p + 1..<max(size, p + 1) { rotate(p, q, &vectors) }
            }
        }
    }

    private var offDiagonal: Double {
        (0..<size).reduce(0) { sum, i in
            (0..<size).reduce(sum) { $0 + (i == $1 ? 0 : self[i, $1] * self[i, $1]) }
        }
    }

    /// Makes the element at (p, q) zero.
    private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout SymmetricMatrix) {
        let element = self[p, q]
        guard element != 0 else { return }
        let ratio = (self[q, q] - self[p, p]) / (2 * element)
        let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        turnRows(p, q, cosine, sine)
        for k in 0..<size {
            let (x, y) = (self[k, p], self[k, q])
            self[k, p] = cosine * x - sine * y
            self[k, q] = sine * x + cosine * y
        }
        if vectors.size > 0 { vectors.turnRows(p, q, cosine, sine) }
    }

    private mutating func turnRows(_ p: Int, _ q: Int, _ cosine: Double, _ sine: Double) {
        let (first, second) = (p * size, q * size)
        for k in 0..<size {
            let (x, y) = (values[first + k], values[second + k])
            values[first + k] = cosine * x - sine * y
            values[second + k] = sine * x + cosine * y
        }
    }
}
