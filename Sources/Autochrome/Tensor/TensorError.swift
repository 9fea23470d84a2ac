/// Why an operation on tensors failed.
public enum TensorError: Error, Equatable, Sendable {
    /// A library is in none of the places it is looked for.
    case libraryMissing(EngineLibrary, searched: String)
    /// A library is there and cannot be used.
    case libraryUnusable(EngineLibrary, path: String, reason: String)
    /// OpenVINO does not take a network.
    case refused(reason: String)
    /// The device asked for is not on this machine.
    case deviceMissing(device: Device, available: Int)
    /// The memory of the host or of the device did not suffice.
    case outOfMemory(operation: String, shapes: [[Int]], reason: String)
    /// The tensors do not fit the operation.
    case invalid(operation: String, shapes: [[Int]], reason: String)
}

extension TensorError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .libraryMissing(let library, let searched):
            return "\(library.rawValue) was not found: \(searched). \(library.remedy)."
        case .libraryUnusable(let library, let path, let reason):
            return "\(path) cannot be used: \(reason). \(library.remedy) again, unless a variable "
                + "names another one."
        case .refused(let reason):
            return "OpenVINO does not support this network: \(reason)."
        case .deviceMissing(let device, 0):
            return "\(device): this machine, or its libtorch, has no CUDA device; use cpu or auto."
        case .deviceMissing(let device, let available):
            let last = available == 1 ? "cuda:0" : "cuda:0 to cuda:\(available - 1)"
            return "\(device): this machine has \(last)."
        case .outOfMemory(let operation, let shapes, let reason):
            return "\(Self.phrase(operation, shapes)) ran out of memory: \(Self.line(reason))"
        case .invalid(let operation, let shapes, let reason):
            return "\(Self.phrase(operation, shapes)) is not possible: \(Self.line(reason))"
        }
    }

    /// "convolution of [1, 3, 8, 8] and [4, 1, 3, 3]"
    private static func phrase(_ operation: String, _ shapes: [[Int]]) -> String {
        shapes.isEmpty
            ? operation
            : "\(operation) of " + shapes.map { "\($0)" }.joined(separator: " and ")
    }

    /// libtorch's message without its later lines, ended as a sentence is.
    private static func line(_ reason: String) -> String {
        let first = reason.split(separator: "\n").first.map(String.init) ?? reason
        return first.hasSuffix(".") ? first : first + "."
    }
}
