/// Why an operation on tensors failed.
public enum TensorError: Error, Equatable, Sendable {
    /// libtorch's shim is in none of the places it is looked for.
    case libraryMissing(searched: String)
    /// libtorch's shim is there and cannot be used.
    case libraryUnusable(path: String, reason: String)
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
        case .libraryMissing(let searched):
            return "libtorch, which trains and drives GPUs, was not found: \(searched). "
                + "`Scripts/setup train` in a checkout puts it there."
        case .libraryUnusable(let path, let reason):
            return "\(path) cannot be used: \(reason). `Scripts/setup train` in a checkout builds "
                + "it anew."
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
