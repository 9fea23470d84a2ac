internal import COpenVINO
internal import Synchronization

/// Something that OpenVINO made and gets back with the last reference.
final class EngineHandle {
    typealias Table = OpenVINO.Table

    /// Kind of OpenVINO object.
    enum Kind {
        case core, model, compiled, port, request, tensor
    }

    let pointer: OpaquePointer
    private let kind: Kind
    private let table: Table

    /// Number of live objects in the whole process.
    static var liveCount: Int { live.load(ordering: .relaxed) }

    private static let live = Atomic(0)

    /// Handle of the object that `make` returns; `operation` names it in the error.
    convenience init(
        _ kind: Kind, _ operation: String, _ table: Table,
        _ make: (UnsafeMutablePointer<OpaquePointer?>) -> copenvino_status
    ) throws(TensorError) {
        self.init(kind, try Self.made(operation, table, make), table)
    }

    /// Takes over something that `made` gave, also on another thread.
    init(_ kind: Kind, _ address: Address, _ table: Table) {
        (pointer, self.kind, self.table) = (address.pointer, kind, table)
        Self.live.add(1, ordering: .relaxed)
    }

    /// Where something lies that nothing owns yet; it may cross threads, as a pointer may not.
    struct Address: Sendable {
        private let bits: UInt

        fileprivate init(_ pointer: OpaquePointer) { bits = UInt(bitPattern: pointer) }

        fileprivate var pointer: OpaquePointer { OpaquePointer(bitPattern: bits)! }
    }

    /// Object that `make` returns, for a handle to take over.
    static func made(
        _ operation: String, _ table: Table,
        _ make: (UnsafeMutablePointer<OpaquePointer?>) -> copenvino_status
    ) throws(TensorError) -> Address {
        var made: OpaquePointer?
        try OpenVINO.check(make(&made), operation, table)
        guard let made else {
            throw .invalid(
                operation: operation, shapes: [], reason: "OpenVINO returned nothing")
        }
        return Address(made)
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
