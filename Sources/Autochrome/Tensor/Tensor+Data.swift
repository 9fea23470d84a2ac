internal import CTorch

// Values into tensors and out of them. All are O(elements).
extension Tensor {
    /// A tensor with these values, row-major, in float32.
    ///
    /// - Throws: `TensorError.invalid` unless `shape` takes as many values as there are.
    package static func values(
        _ values: [Float], shape: [Int], on device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        let tensor = values.withUnsafeBytes { bytes in
            Result { () throws(TensorError) in
                try Tensor.bytes(bytes, as: .float32, shape: shape, on: device)
            }
        }
        return try tensor.get()
    }

    /// A tensor with these bytes, row-major and in the machine's byte order.
    ///
    /// - Throws: `TensorError.invalid` unless `shape` takes as many bytes as there are.
    package static func bytes(
        _ bytes: UnsafeRawBufferPointer, as scalarType: ScalarType, shape: [Int],
        on device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        let target = try device.resolved().handle
        return try Torch.make("a tensor of shape \(shape)", []) { table, error in
            Torch.withSizes(shape) { sizes in
                table.pointee.from_bytes(
                    bytes.baseAddress, Int64(bytes.count), scalarType.code, sizes, target, error)
            }
        }
    }

    /// A tensor with the same value everywhere.
    package static func filled(
        with value: Float, shape: [Int], as scalarType: ScalarType = .float32,
        on device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        let target = try device.resolved().handle
        return try Torch.make("a tensor of shape \(shape)", []) { table, error in
            Torch.withSizes(shape) { sizes in
                table.pointee.filled(value, scalarType.code, sizes, target, error)
            }
        }
    }

    /// The values in row-major order, as float32, wherever and in whatever type they are.
    package func floats() throws(TensorError) -> [Float] {
        let source = scalarType == .float32 ? self : try converted(to: .float32)
        var failure: TensorError?
        let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(TensorError) {
                try source.copy(to: UnsafeMutableRawBufferPointer(buffer))
                initialized = buffer.count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return values
    }

    /// Copies the elements, row-major and in their own type, into memory of exactly their size.
    package func copy(to bytes: UnsafeMutableRawBufferPointer) throws(TensorError) {
        try Torch.perform("reading a tensor", [self]) { table, error in
            table.pointee.to_bytes(handle, bytes.baseAddress, Int64(bytes.count), error)
        }
    }

    /// The same values in another type, on another device; the tensor itself if both are its own.
    package func converted(
        to scalarType: ScalarType? = nil, on device: Device? = nil
    ) throws(TensorError) -> Tensor {
        let target = try (device ?? self.device).resolved().handle
        let code = scalarType?.code ?? self.scalarType?.code ?? -1
        return try Torch.make("conversion", [self]) { table, error in
            table.pointee.convert(handle, code, target, error)
        }
    }

    /// The same `[N, C, H, W]` with the channels of a pixel side by side in memory, the order in
    /// which convolutions of few channels a group are faster.
    package func channelsLast() throws(TensorError) -> Tensor {
        try Torch.make("channels-last order", [self]) { table, error in
            table.pointee.channels_last(handle, error)
        }
    }
}
