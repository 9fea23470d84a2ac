internal import COpenVINO
internal import Synchronization

/// Something that OpenVINO made and gets back with the last reference.
final class EngineHandle {
    typealias Table = OpenVINO.Table

    /// What OpenVINO makes.
    enum Kind {
        case core, model, compiled, port, request, tensor
    }

    let pointer: OpaquePointer
    private let kind: Kind
    private let table: Table

    /// How many are held at this moment, in the whole process.
    static var liveCount: Int { live.load(ordering: .relaxed) }

    private static let live = Atomic(0)

    /// What `make` gives; `operation` names it in the error.
    init(
        _ kind: Kind, _ operation: String, _ table: Table,
        _ make: (UnsafeMutablePointer<OpaquePointer?>) -> copenvino_status
    ) throws(TensorError) {
        var made: OpaquePointer?
        try OpenVINO.check(make(&made), operation, table)
        guard let made else {
            throw .invalid(
                operation: operation, shapes: [], reason: "OpenVINO gave nothing")
        }
        (pointer, self.kind, self.table) = (made, kind, table)
        Self.live.add(1, ordering: .relaxed)
    }

    deinit {
        switch kind {
        case .core: table.pointee.core_free(pointer)
        case .model: table.pointee.model_free(pointer)
        case .compiled: table.pointee.compiled_model_free(pointer)
        case .port: table.pointee.output_const_port_free(pointer)
        case .request: table.pointee.infer_request_free(pointer)
        case .tensor: table.pointee.tensor_free(pointer)
        }
        Self.live.subtract(1, ordering: .relaxed)
    }
}
