internal import CTorch

/// Settings of libtorch's computation.
package enum Computation {
    /// Whether a device has instructions for bfloat16; without them it takes several times as long
    /// as float32. GPUs have them, and x86 processors with AVX-512 BF16.
    package static func hasBFloat16(_ device: Device) -> Bool {
        ctorch_loaded().map { $0.pointee.has_bfloat16(device.handle) != 0 } ?? false
    }

    /// Has the process keep freed memory for the next tensors: a training step's are as large as
    /// the last one's, and a fresh page costs more than it takes to fill it.
    package static func keepMemory() { ctorch_keep_memory() }

    /// Runs `body` with convolutions and matrix products in bfloat16, on this thread; sums,
    /// normalization and losses stay in float32.
    package static func inBFloat16<Result, Failure: Error>(
        on device: Device, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let table = ctorch_loaded() else { return try body() }
        let before = table.pointee.set_autocast_enabled(1, device.handle)
        defer { _ = table.pointee.set_autocast_enabled(before, device.handle) }
        return try body()
    }
}
