internal import COpenVINO

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension GraphRunner {
    /// Settings of OpenVINO, by the names it has for them.
    static func settings(_ threads: Int?, _ arithmetic: Arithmetic) -> [String: String] {
        var settings = [
            "INFERENCE_PRECISION_HINT": arithmetic.rawValue,
            "PERFORMANCE_HINT": "LATENCY",
            // Threads bound to processors would all be bound to the same ones by two programs.
            "ENABLE_CPU_PINNING": "NO",
            // What is prepared for a shape is kept for 5,000 of them otherwise, 4 MB each in a
            // network of the size of version 0.1's; without, it is as fast and memory stays flat.
            "CPU_RUNTIME_CACHE_CAPACITY": "0",
        ]
        if let threads { settings["INFERENCE_NUM_THREADS"] = "\(threads)" }
        return settings
    }

    /// The graph, compiled.
    static func compile(
        _ model: [UInt8], _ settings: [String: String], _ table: OpenVINO.Table
    ) throws(TensorError) -> EngineHandle {
        let core = try EngineHandle(.core, "starting OpenVINO", table) {
            table.pointee.core_create($0)
        }
        let graph = try EngineHandle(.model, "reading a network", table) { made in
            model.withUnsafeBytes { bytes in
                table.pointee.core_read_model_from_memory_buffer(
                    core.pointer, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, nil,
                    made)
            }
        }
        return try EngineHandle(.compiled, "compiling a network", table) { made in
            withProperties(settings) { properties in
                table.pointee.core_compile_model_props(
                    core.pointer, graph.pointer, "CPU", properties.count, properties.baseAddress,
                    made)
            }
        }
    }

    /// The names of what a run is given.
    static func inputs(
        of compiled: EngineHandle, _ table: OpenVINO.Table
    ) throws(TensorError) -> [String] {
        try names(table) {
            table.pointee.compiled_model_inputs_size(compiled.pointer, $0)
        } port: {
            table.pointee.compiled_model_input_by_index(compiled.pointer, $0, $1)
        }
    }

    /// The names of what a run gives.
    static func outputs(
        of compiled: EngineHandle, _ table: OpenVINO.Table
    ) throws(TensorError) -> [String] {
        try names(table) {
            table.pointee.compiled_model_outputs_size(compiled.pointer, $0)
        } port: {
            table.pointee.compiled_model_output_by_index(compiled.pointer, $0, $1)
        }
    }

    private static func names(
        _ table: OpenVINO.Table,
        count: (UnsafeMutablePointer<Int>) -> copenvino_status,
        port: (Int, UnsafeMutablePointer<OpaquePointer?>) -> copenvino_status
    ) throws(TensorError) -> [String] {
        let operation = "asking for the names of a network"
        var number = 0
        try OpenVINO.check(count(&number), operation, table)
        var names: [String] = []
        for index in 0..<number {
            let handle = try EngineHandle(.port, operation, table) { port(index, $0) }
            var name: UnsafeMutablePointer<CChar>?
            try OpenVINO.check(
                table.pointee.port_get_any_name(handle.pointer, &name), operation, table)
            defer { table.pointee.free(name) }
            names.append(name.map { String(cString: $0) } ?? "")
        }
        return names
    }

    /// Lends settings to OpenVINO.
    private static func withProperties<Result>(
        _ settings: [String: String],
        _ body: (UnsafeBufferPointer<copenvino_property>) -> Result
    ) -> Result {
        let texts = settings.sorted { $0.key < $1.key }.map { (strdup($0.key), strdup($0.value)) }
        defer {
            for (key, value) in texts {
                free(key)
                free(value)
            }
        }
        return texts.map { copenvino_property(key: $0.0, value: $0.1) }
            .withUnsafeBufferPointer(body)
    }
}
