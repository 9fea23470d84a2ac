internal import CTorch

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
