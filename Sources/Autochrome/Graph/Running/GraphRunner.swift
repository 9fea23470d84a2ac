internal import COpenVINO
internal import Dispatch
internal import Synchronization

/// A graph compiled by OpenVINO for the CPU of this machine.
///
/// Sizes that the graph leaves free may differ from run to run without recompilation. Not
/// `Sendable`: one thread at a time runs it; what goes in and comes out are values.
package final class GraphRunner {
    /// Precision of convolutions and matrix products, and of sums where the processor does so.
    package enum Arithmetic: String, Sendable {
        case float32 = "f32"
        /// Slower than float32 on processors without instructions for it.
        case bfloat16 = "bf16"

        /// bfloat16 where the processor has instructions for it.
        static var fast: Arithmetic { copenvino_has_bfloat16() != 0 ? .bfloat16 : .float32 }
    }

    /// Number of live OpenVINO objects in the whole process.
    package static var liveCount: Int { EngineHandle.liveCount }

    /// The names of what a run is given.
    package let inputs: [String]
    /// The names of what a run gives.
    package let outputs: [String]

    private let table: OpenVINO.Table
    private let compiled: EngineHandle
    private let request: EngineHandle

    /// Compiles a graph.
    ///
    /// - Parameters:
    ///   - model: the bytes of an ONNX file
    ///   - threads: how many compute; nil for one a processor core
    ///   - arithmetic: what convolutions and matrix products are computed in
    /// - Throws: `TensorError`, where OpenVINO is missing or does not take the graph.
    package convenience init(
        _ model: [UInt8], threads: Int? = nil, arithmetic: Arithmetic = .float32
    ) throws(TensorError) {
        let table = try OpenVINO.table()
        let address = try Self.compiled(model, Self.settings(threads, arithmetic))
        try self.init(EngineHandle(.compiled, address, table), table)
    }

    /// Compiles several graphs, at the same time.
    ///
    /// - Parameter models: each with what it is computed in.
    /// - Returns: them in the same order.
    /// - Throws: `TensorError`, where OpenVINO is missing or does not take one of them.
    static func compiling(
        _ models: [(file: [UInt8], arithmetic: Arithmetic)]
    ) throws(TensorError) -> [GraphRunner] {
        let table = try OpenVINO.table()
        let made = Mutex<[Int: Result<EngineHandle.Address, TensorError>]>([:])
        DispatchQueue.concurrentPerform(iterations: models.count) { place in
            let result = Result { () throws(TensorError) in
                try compiled(models[place].file, settings(nil, models[place].arithmetic))
            }
            made.withLock { $0[place] = result }
        }
        // All are taken over before one of them throws.
        let results = made.withLock { $0 }.sorted { $0.key < $1.key }.map { _, result in
            result.map { EngineHandle(.compiled, $0, table) }
        }
        var runners: [GraphRunner] = []
        for result in results { runners.append(try GraphRunner(result.get(), table)) }
        return runners
    }

    private init(_ compiled: EngineHandle, _ table: OpenVINO.Table) throws(TensorError) {
        (self.compiled, self.table) = (compiled, table)
        inputs = try Self.inputs(of: compiled, table)
        outputs = try Self.outputs(of: compiled, table)
        request = try EngineHandle(.request, "preparing a network to run", table) {
            table.pointee.compiled_model_create_infer_request(compiled.pointer, $0)
        }
    }

    /// The same compiled graph, with results of its own.
    func twin() throws(TensorError) -> GraphRunner {
        try GraphRunner(compiled, table)
    }

    /// Runs the graph once.
    ///
    /// - Parameter buffers: what its inputs are given, by name.
    /// - Returns: all its outputs, by name; they hold until the next run.
    /// - Throws: `TensorError`, where names or shapes are not those of the graph.
    package func callAsFunction(
        _ buffers: [String: GraphBuffer]
    ) throws(TensorError) -> [String: GraphBuffer] {
        for name in inputs {
            guard let buffer = buffers[name] else {
                throw .invalid(
                    operation: "running a network", shapes: [], reason: "input \(name) is missing")
            }
            try OpenVINO.check(
                table.pointee.infer_request_set_tensor(
                    request.pointer, name, buffer.handle.pointer),
                "giving \(name) of shape \(buffer.shape) to a network", table)
        }
        try run()
        var results: [String: GraphBuffer] = [:]
        for name in outputs { results[name] = try result(name) }
        return results
    }

    /// Runs the graph once on plain values.
    package func callAsFunction(
        _ arrays: [String: NumberArray]
    ) throws(TensorError) -> [String: NumberArray] {
        var buffers: [String: GraphBuffer] = [:]
        for (name, array) in arrays {
            buffers[name] = try GraphBuffer(array.values, shape: array.shape)
        }
        var results: [String: NumberArray] = [:]
        for (name, buffer) in try self(buffers) {
            results[name] = try NumberArray(buffer.values(), shape: buffer.shape)
        }
        return results
    }

    /// Starts and waits: the function that does both answers with success whatever happens when one
    /// thread computes (2026.4.1), and the last run's results would be taken for this one's.
    private func run() throws(TensorError) {
        let operation = "running a network"
        try OpenVINO.check(
            table.pointee.infer_request_start_async(request.pointer), operation, table)
        try OpenVINO.check(table.pointee.infer_request_wait(request.pointer), operation, table)
    }

    private func result(_ name: String) throws(TensorError) -> GraphBuffer {
        let operation = "reading \(name) from a network"
        let table = table
        let tensor = try EngineHandle(.tensor, operation, table) {
            table.pointee.infer_request_get_tensor(request.pointer, name, $0)
        }
        return try GraphBuffer(tensor, operation, table)
    }
}
