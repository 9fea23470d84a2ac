/// Why a file of weights cannot be used.
public enum WeightsError: Error, Equatable, Sendable {
    /// No file is there.
    case missing(file: String)
    /// A file is there that cannot be read.
    case unreadable(file: String, reason: String)
    /// The file ends before what its header announces.
    case cutShort(file: String, expected: Int, found: Int)
    /// The weights that come with the program have another SHA-256, in hexadecimal, than they
    /// were given.
    case damaged(file: String, expected: String, found: String)
    /// The weights that come with the program lack the file `sums` that gives their SHA-256.
    case unsealed(file: String, sums: String)
    /// The file is not safetensors.
    case malformed(file: String, reason: String)
    /// A tensor's elements are of a type no network here has.
    case unsupportedType(file: String, tensor: String, type: String)
    /// The names of the tensors are those of another network.
    case foreign(file: String, network: String, missing: [String], unexpected: [String])
    /// The file is a training checkpoint, not a model.
    case checkpoint(file: String)
    /// A tensor has another shape than the network's.
    case wrongShape(file: String, tensor: String, expected: [Int], found: [Int])
    /// A value does not fit the precision asked for.
    case tooLarge(tensor: String, value: Float)
    /// The file cannot be written.
    case unwritable(file: String, reason: String)
    /// libtorch could not take the weights in.
    case tensor(TensorError)
}

extension WeightsError: CustomStringConvertible {
    public var description: String { sentence.printable }

    private var sentence: String {
        switch self {
        case .missing(let file):
            return "\(file): no such file; a .safetensors file of weights is expected."
        case .unreadable(let file, let reason):
            return "\(file): cannot be read: \(reason)."
        case .cutShort(let file, let expected, let found):
            return "\(file): truncated: \(expected) bytes expected, \(found) found; "
                + "copy or download it again."
        case .damaged(let file, let expected, let found):
            return "\(file): damaged: SHA-256 \(expected) expected, \(found) found; install the "
                + "program again. Give your own models with --model."
        case .unsealed(let file, let sums):
            return "\(sums): lacks the SHA-256 of \(file), which is therefore not used; "
                + "install the program again. Give your own models with --model."
        case .malformed(let file, let reason):
            return "\(file): not a valid safetensors file: \(reason)."
        case .unsupportedType(let file, let tensor, let type):
            let known = ScalarType.allCases.map(\.rawValue).joined(separator: ", ")
            return "\(file): tensor \(tensor) is of type \(type); expected one of \(known)."
        case .foreign(let file, let network, let missing, let unexpected):
            return "\(file): not the weights of \(network)"
                + Self.list("it lacks", missing) + Self.list("it has", unexpected) + "."
        case .checkpoint(let file):
            return "\(file): a training checkpoint, not a model; use model.safetensors in the "
                + "same folder."
        case .wrongShape(let file, let tensor, let expected, let found):
            return "\(file): tensor \(tensor) has shape \(found); the network's is \(expected)."
        case .tooLarge(let tensor, let value):
            return "tensor \(tensor) has \(value), which fp16 cannot represent; convert to fp32."
        case .unwritable(let file, let reason):
            return "\(file): \(reason)."
        case .tensor(let error):
            return error.description
        }
    }

    /// "; it lacks a, b and 7 more"
    private static func list(_ verb: String, _ names: [String]) -> String {
        if names.isEmpty { return "" }
        let shown = names.prefix(3).joined(separator: ", ")
        return "; \(verb) \(shown)" + (names.count > 3 ? " and \(names.count - 3) more" : "")
    }
}

extension WeightsError {
    /// Runs `body` and puts an engine's error into a case of this type.
    package static func wrapping<Result>(
        _ body: () throws(TensorError) -> Result
    ) throws(WeightsError) -> Result {
        do throws(TensorError) {
            return try body()
        } catch {
            throw .tensor(error)
        }
    }
}
