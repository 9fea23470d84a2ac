internal import Dispatch

/// Runs work that blocks (decoding, encoding, waiting for a disk) on a thread of its own, so
/// that the threads of Swift's concurrency are left to those who compute.
package func blocking<Value: Sendable, Failure: Error>(
    _ work: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
    let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            continuation.resume(returning: Result { () throws(Failure) in try work() })
        }
    }
    return try result.get()
}
