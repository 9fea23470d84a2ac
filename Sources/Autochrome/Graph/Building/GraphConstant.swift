/// Numbers that are known while a graph is built: weights and tables.
///
/// A reference, so that what is used in several places is stored once.
final class GraphConstant {
    enum Values {
        case numbers([Float])
        case integers([Int])
    }

    let shape: [Int]
    let values: Values

    init(_ values: [Float], shape: [Int]) {
        self.shape = shape
        self.values = .numbers(values)
    }

    /// A list of whole numbers: sizes, dimensions, places.
    init(integers: [Int], shape: [Int]? = nil) {
        self.shape = shape ?? [integers.count]
        values = .integers(integers)
    }

    /// The values, if they are no whole numbers.
    var numbers: [Float]? {
        if case .numbers(let numbers) = values { numbers } else { nil }
    }

    /// The values, if they are whole numbers.
    var integers: [Int]? {
        if case .integers(let integers) = values { integers } else { nil }
    }
}

/// The places of an array's elements, row-major.
struct Strides {
    /// For every dimension how far its next element is.
    let steps: [Int]

    init(_ shape: [Int]) {
        var steps = [Int](repeating: 1, count: shape.count)
        for i in shape.indices.dropLast().reversed() { steps[i] = steps[i + 1] * shape[i + 1] }
        self.steps = steps
    }

    init(steps: [Int]) {
        self.steps = steps
    }

    /// Those of an array of `shape` that is read as one of `target`: 0 along dimensions that are
    /// stretched.
    init(_ shape: [Int], stretchedTo target: [Int]) {
        let own = Strides(shape).steps
        let missing = target.count - shape.count
        steps = target.indices.map { i in
            i < missing || shape[i - missing] == 1 ? 0 : own[i - missing]
        }
    }

    /// The place of every element of `shape`, read in row-major order, from `start`.
    func places(in shape: [Int], from start: Int = 0) -> [Int] {
        var places = [start]
        for (size, step) in zip(shape, steps) where size != 1 {
            var next: [Int] = []
            next.reserveCapacity(places.count * size)
            for place in places {
                for i in 0..<size { next.append(place + i * step) }
            }
            places = next
        }
        return places
    }

    /// `shape` with dimensions made one through which two arrays step evenly, and their steps: what
    /// is multiplied by a factor for each channel is an array of two dimensions.
    static func merged(
        _ shape: [Int], _ a: Strides, _ b: Strides
    ) -> (sizes: [Int], steps: ([Int], [Int])) {
        var (sizes, stepsA, stepsB): ([Int], [Int], [Int]) = ([], [], [])
        for (size, (a, b)) in zip(shape, zip(a.steps, b.steps)) where size != 1 {
            if let last = sizes.indices.last, stepsA[last] == a * size, stepsB[last] == b * size {
                sizes[last] *= size
                (stepsA[last], stepsB[last]) = (a, b)
            } else {
                sizes.append(size)
                stepsA.append(a)
                stepsB.append(b)
            }
        }
        return (sizes, (stepsA, stepsB))
    }
}
