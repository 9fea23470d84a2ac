internal import COpenVINO

/// Numbers in OpenVINO's memory: what enters a compiled graph or comes out of it. What came out of
/// a run holds until the next run of the same graph.
package final class GraphBuffer {
    let handle: EngineHandle
    /// The size of every dimension.
    package let shape: [Int]
    private let table: OpenVINO.Table

    /// A copy of these numbers, row-major.
    ///
    /// - Throws: `TensorError`, where OpenVINO is missing or has no memory for them.
    package convenience init(_ values: [Float], shape: [Int]) throws(TensorError) {
        guard shape.allSatisfy({ $0 >= 0 }), shape.reduce(1, *) == values.count else {
            throw .invalid(
                operation: "an array of shape \(shape)", shapes: [],
                reason: "\(values.count) values are given")
        }
        let table = try OpenVINO.table()
        var sizes = shape.map(Int64.init)
        let handle = try EngineHandle(.tensor, "taking \(shape)", table) { made in
            sizes.withUnsafeMutableBufferPointer { sizes in
                table.pointee.tensor_create(
                    COPENVINO_FLOAT32.rawValue,
                    copenvino_shape(rank: Int64(sizes.count), sizes: sizes.baseAddress), made)
            }
        }
        self.init(handle, shape: shape, table)
        let target = try memory("taking \(shape)")
        values.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress {
                target?.copyMemory(from: source, byteCount: bytes.count)
            }
        }
    }

    /// Output of a run.
    convenience init(
        _ handle: EngineHandle, _ operation: String, _ table: OpenVINO.Table
    ) throws(TensorError) {
        var shape = copenvino_shape()
        try OpenVINO.check(
            table.pointee.tensor_get_shape(handle.pointer, &shape), operation, table)
        defer { _ = table.pointee.shape_free(&shape) }
        var type = UInt32(0)
        try OpenVINO.check(
            table.pointee.tensor_get_element_type(handle.pointer, &type), operation, table)
        guard type == COPENVINO_FLOAT32.rawValue else {
            throw .invalid(operation: operation, shapes: [], reason: "it is not float32")
        }
        self.init(handle, shape: (0..<Int(shape.rank)).map { Int(shape.sizes[$0]) }, table)
    }

    private init(_ handle: EngineHandle, shape: [Int], _ table: OpenVINO.Table) {
        (self.handle, self.shape, self.table) = (handle, shape, table)
    }

    /// A copy of the numbers, row-major.
    package func values() throws(TensorError) -> [Float] {
        let source = try memory("reading \(shape)")
        let count = shape.reduce(1, *)
        return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if count > 0, let source {
                UnsafeMutableRawBufferPointer(buffer).copyMemory(
                    from: UnsafeRawBufferPointer(
                        start: source, count: count * MemoryLayout<Float>.size))
            }
            initialized = count
        }
    }

    private func memory(_ operation: String) throws(TensorError) -> UnsafeMutableRawPointer? {
        var memory: UnsafeMutableRawPointer?
        try OpenVINO.check(table.pointee.tensor_data(handle.pointer, &memory), operation, table)
        return memory
    }
}
