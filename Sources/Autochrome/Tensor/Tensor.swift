internal import CTorch

/// An array of numbers with a shape, on a device, held by libtorch.
///
/// A reference to a handle, which goes back to libtorch with the last reference. Not `Sendable`:
/// tensors stay on the thread that computes, and only Swift values cross threads.
///
/// Letters of shapes, here and in every network: N pictures, C channels, H rows, W columns.
package final class Tensor {
    let handle: OpaquePointer

    /// Takes over a handle that the shim made.
    init(owning handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        // The shim is open: it made the handle.
        ctorch_loaded()?.pointee.free_tensor(handle)
    }

    /// The size of every dimension.
    package var shape: [Int] {
        guard let table = ctorch_loaded()?.pointee else { return [] }
        var sizes = [Int64](repeating: 0, count: Int(table.rank(handle)))
        table.sizes(handle, &sizes)
        return sizes.map(Int.init)
    }

    /// Number of elements.
    package var count: Int {
        shape.reduce(1, *)
    }

    /// The type of the elements; nil for one that only libtorch itself uses.
    package var scalarType: ScalarType? {
        ctorch_loaded().flatMap { ScalarType(code: $0.pointee.scalar_type(handle)) }
    }

    /// Where the elements are.
    package var device: Device {
        guard let device = ctorch_loaded()?.pointee.device(handle) else { return .cpu }
        return device.type == Int32(CTORCH_CUDA.rawValue) ? .cuda(Int(device.index)) : .cpu
    }

    /// Number of live handles in the whole process.
    package static var liveCount: Int {
        ctorch_loaded().map { Int($0.pointee.live_tensors()) } ?? 0
    }
}
