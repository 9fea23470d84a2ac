/// The pixels that colours spread to next, the nearest first: a binary heap.
struct HintFront {
    /// A colour's way to a pixel.
    struct Step {
        let pixel: Int32
        /// Whose colour it is, by number.
        let owner: Int32
        /// What edges on the way have taken, in radii.
        let passed: Float
        /// How far it is, in radii.
        let reach: Float

        fileprivate func goesBefore(_ other: Step) -> Bool {
            reach == other.reach ? owner > other.owner : reach < other.reach
        }
    }

    private var heap: [Step] = []

    mutating func push(_ step: Step) {
        heap.append(step)
        var child = heap.count - 1
        while child > 0, heap[child].goesBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the nearest; of several as near, the later owner's.
    mutating func pop() -> Step? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var best = parent
            for child in 2 * parent + 1...2 * parent + 2
            where child < heap.count && heap[child].goesBefore(heap[best]) { best = child }
            guard best != parent else { return first }
            heap.swapAt(parent, best)
            parent = best
        }
    }
}
