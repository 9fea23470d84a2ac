internal import COpenVINO

/// A graph compiled by OpenVINO for the CPU of this machine.
///
/// Sizes that the graph leaves free may differ from run to run without being compiled anew. Not
/// `Sendable`: one thread at a time runs it; what goes in and comes out are values.
package final class GraphRunner {
    /// What convolutions and matrix products are computed in; sums, too, as the processor does it.
    package enum Arithmetic: String, Sendable {
        case float32 = "f32"
        /// Slower than float32 on processors without instructions for it.
        case bfloat16 = "bf16"
    }

    /// How many things of OpenVINO's are held at this moment, in the whole process.
    package static var liveCount: Int { EngineHandle.liveCount }

    /// The names of what a run is given.
    package let inputs: [String]
    /// The names of what a run gives.
    package let outputs: [String]

    private let table: OpenVINO.Table
    private let request: EngineHandle

    /// Compiles a graph.
    ///
    /// - Parameters:
    ///   - model: the bytes of an ONNX file
    ///   - threads: how many compute; nil for one a processor core
    ///   - arithmetic: what convolutions and matrix products are computed in
    /// - Throws: `GraphError`, where OpenVINO is missing or does not take the graph.
    package init(
        _ model: [UInt8], threads: Int? = nil, arithmetic: Arithmetic = .float32
    ) throws(GraphError) {
        let table = try OpenVINO.table()
        do {
            let compiled = try Self.compile(model, Self.settings(threads, arithmetic), table)
            inputs = try Self.inputs(of: compiled, table)
            outputs = try Self.outputs(of: compiled, table)
            request = try EngineHandle(.request, "Preparing a network to run", table) {
                table.pointee.compiled_model_create_infer_request(compiled.pointer, $0)
            }
        } catch .invalid(_, let reason) {
            throw .refused(reason: reason)
        }
        self.table = table
    }

    /// Runs the graph once.
    ///
    /// - Parameter values: what its inputs are given, by name.
    /// - Returns: all its outputs, by name.
    /// - Throws: `GraphError`, where names or shapes are not those of the graph.
    package func callAsFunction(
        _ values: [String: GraphArray]
    ) throws(GraphError) -> [String: GraphArray] {
        for name in inputs {
            guard let array = values[name] else {
                throw .invalid(operation: "Running a network", reason: "it is given no \(name)")
            }
            try give(array, to: name)
        }
        try run()
        var results: [String: GraphArray] = [:]
        for name in outputs { results[name] = try result(name) }
        return results
    }

    /// Starts and waits: the function that does both answers with success whatever happens when one
    /// thread computes (2026.4.1), and the last run's results would be taken for this one's.
    private func run() throws(GraphError) {
        let operation = "Running a network"
        try OpenVINO.check(
            table.pointee.infer_request_start_async(request.pointer), operation, table)
        try OpenVINO.check(table.pointee.infer_request_wait(request.pointer), operation, table)
    }

    private func give(_ array: GraphArray, to name: String) throws(GraphError) {
        let operation = "Giving \(name) of shape \(array.shape) to a network"
        let table = table
        var sizes = array.shape.map(Int64.init)
        let tensor = try EngineHandle(.tensor, operation, table) { made in
            sizes.withUnsafeMutableBufferPointer { sizes in
                table.pointee.tensor_create(
                    COPENVINO_FLOAT32.rawValue,
                    copenvino_shape(rank: Int64(sizes.count), sizes: sizes.baseAddress), made)
            }
        }
        var target: UnsafeMutableRawPointer?
        try OpenVINO.check(table.pointee.tensor_data(tensor.pointer, &target), operation, table)
        array.values.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress {
                target?.copyMemory(from: source, byteCount: bytes.count)
            }
        }
        try OpenVINO.check(
            table.pointee.infer_request_set_tensor(request.pointer, name, tensor.pointer),
            operation, table)
    }

    private func result(_ name: String) throws(GraphError) -> GraphArray {
        let operation = "Reading \(name) from a network"
        let table = table
        let tensor = try EngineHandle(.tensor, operation, table) {
            table.pointee.infer_request_get_tensor(request.pointer, name, $0)
        }
        var shape = copenvino_shape()
        try OpenVINO.check(
            table.pointee.tensor_get_shape(tensor.pointer, &shape), operation, table)
        defer { _ = table.pointee.shape_free(&shape) }
        var (type, source) = (UInt32(0), UnsafeMutableRawPointer?.none)
        try OpenVINO.check(
            table.pointee.tensor_get_element_type(tensor.pointer, &type), operation, table)
        try OpenVINO.check(table.pointee.tensor_data(tensor.pointer, &source), operation, table)
        guard type == COPENVINO_FLOAT32.rawValue else {
            throw .invalid(operation: operation, reason: "it is not float32")
        }
        let sizes = (0..<Int(shape.rank)).map { Int(shape.sizes[$0]) }
        let count = sizes.reduce(1, *)
        let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if count > 0, let source {
                UnsafeMutableRawBufferPointer(buffer).copyMemory(
                    from: UnsafeRawBufferPointer(
                        start: source, count: count * MemoryLayout<Float>.size))
            }
            initialized = count
        }
        return try GraphArray(values, shape: sizes)
    }
}
