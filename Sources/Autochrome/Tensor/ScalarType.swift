internal import CTorch

/// The type of a tensor's elements.
public enum ScalarType: String, Hashable, Sendable, CaseIterable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case int64 = "I64"
    case uint8 = "U8"
    case int16 = "I16"

    /// Bytes an element takes.
    public var size: Int {
        switch self {
        case .float32: 4
        case .uint8: 1
        case .float16, .bfloat16, .int16: 2
        case .int64: 8
        }
    }

    /// The type as the shim numbers it.
    var code: Int32 {
        let code =
            switch self {
            case .float32: CTORCH_FLOAT32
            case .float16: CTORCH_FLOAT16
            case .bfloat16: CTORCH_BFLOAT16
            case .int64: CTORCH_INT64
            case .uint8: CTORCH_UINT8
            case .int16: CTORCH_INT16
            }
        return Int32(code.rawValue)
    }

    /// The type the shim numbers so; nil for one that does not cross the boundary.
    init?(code: Int32) {
        guard let type = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = type
    }
}
