/// In which order an epoch goes through the photographs.
package struct SampleOrder: Sendable, Equatable {
    /// Number of photographs.
    package var count: Int
    /// Whether every epoch has another order; the order of names otherwise.
    package var shuffles: Bool
    /// Size of the shuffle buffer in photographs; 0 for all.
    package var buffer: Int
    /// Where what is random begins.
    package var seed: UInt64

    /// The orders of `count` photographs.
    package init(count: Int, shuffles: Bool, buffer: Int, seed: UInt64) {
        (self.count, self.shuffles, self.buffer, self.seed) = (count, shuffles, buffer, seed)
    }

    /// The places of the photographs in the order of this epoch, 0 for the first. O(count).
    ///
    /// The next is drawn from the buffer, and the one after the last drawn takes its place; with
    /// a buffer for all this is Fisher's and Yates's shuffle.
    package func indices(ofEpoch epoch: Int) -> [Int] {
        guard shuffles else { return Array(0..<count) }
        var generator = SeededGenerator(seed, 1, UInt64(epoch))
        var waiting = Array(0..<(buffer == 0 ? count : min(buffer, count)))
        var next = waiting.count
        var order: [Int] = []
        order.reserveCapacity(count)
        while !waiting.isEmpty {
            let place = generator.whole(below: waiting.count)
            order.append(waiting[place])
            if next < count {
                waiting[place] = next
                next += 1
            } else {
                waiting.swapAt(place, waiting.count - 1)
                waiting.removeLast()
            }
        }
        return order
    }
}
