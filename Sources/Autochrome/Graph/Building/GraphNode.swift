/// One operation of a graph; it has one result.
struct GraphNode {
    /// A setting of the operation, by the name ONNX has for it.
    enum Attribute {
        case number(Float)
        case integer(Int)
        case integers([Int])
        case text(String)
    }

    /// As ONNX names the operation.
    let operation: String
    let attributes: [(name: String, value: Attribute)]
    /// In the order of ONNX; nil for one that is left out.
    var operands: [GraphOperand?] = []

    init(_ operation: String, _ attributes: KeyValuePairs<String, Attribute> = [:]) {
        self.operation = operation
        self.attributes = attributes.map { ($0.key, $0.value) }
    }
}

/// Operand of a node.
enum GraphOperand {
    /// The input of the graph with this index.
    case input(Int)
    /// The result of the node with this index.
    case node(Int)
    case constant(GraphConstant)
}

/// The type of a value's elements; whole numbers occur in sizes and places alone.
enum GraphElement {
    case float32
    case int64
}

/// The size of a dimension of what enters or leaves a graph: a number, or a name for one that each
/// run may choose.
package enum GraphSize: Equatable, Sendable {
    case fixed(Int)
    case free(String)

    /// The number, -1 for a free size.
    var count: Int {
        switch self {
        case .fixed(let count): count
        case .free: GraphTensor.free
        }
    }
}

extension GraphSize: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    package init(integerLiteral value: Int) { self = .fixed(value) }
    package init(stringLiteral value: String) { self = .free(value) }
}
