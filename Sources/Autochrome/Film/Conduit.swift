/// A queue of bounded length from one stage to the next: one task sends, one receives.
actor Conduit<Element: Sendable> {
    private let capacity: Int
    private var elements: [Element] = []
    private var isClosed = false
    private var sender: CheckedContinuation<Void, Never>?
    private var receiver: CheckedContinuation<Void, Never>?

    init(capacity: Int) { self.capacity = capacity }

    /// Adds an element, once there is room.
    ///
    /// - Returns: whether anybody still wants one.
    func send(_ element: Element) async -> Bool {
        while elements.count >= capacity, !isClosed {
            await withCheckedContinuation { sender = $0 }
        }
        guard !isClosed else { return false }
        elements.append(element)
        wake(&receiver)
        return true
    }

    /// The next element, or nil when no more come.
    func receive() async -> Element? {
        while elements.isEmpty, !isClosed {
            await withCheckedContinuation { receiver = $0 }
        }
        guard !elements.isEmpty else { return nil }
        wake(&sender)
        return elements.removeFirst()
    }

    /// No more come. What was sent is still received.
    func finish() {
        isClosed = true
        wake(&receiver)
        wake(&sender)
    }

    /// Nobody wants any more; what was sent is dropped.
    func cancel() {
        elements = []
        finish()
    }

    private func wake(_ waiting: inout CheckedContinuation<Void, Never>?) {
        waiting?.resume()
        waiting = nil
    }
}
