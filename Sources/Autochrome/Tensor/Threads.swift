internal import CTorch

/// The threads libtorch spreads one operation over.
package enum Threads {
    /// How many threads an operation called from this thread uses.
    package static func count() throws(TensorError) -> Int {
        Int(try Torch.table().pointee.threads())
    }

    /// Sets how many threads an operation uses. The setting belongs to the calling thread and to
    /// threads that call libtorch for the first time later.
    package static func setCount(_ count: Int) throws(TensorError) {
        try Torch.perform("computing with \(count) threads", []) {
            $0.pointee.set_threads(Int32(clamping: count), $1)
        }
    }
}

/// Runs `body` without recording what gradients would need, on this thread.
///
/// A synchronous closure, since the mode belongs to the thread: nothing in it can suspend and go
/// on elsewhere.
package func withoutGradient<Result>(
    _ body: () throws(TensorError) -> Result
) throws(TensorError) -> Result {
    let table = try Torch.table()
    let before = table.pointee.set_gradient_enabled(0)
    defer { _ = table.pointee.set_gradient_enabled(before) }
    return try body()
}
