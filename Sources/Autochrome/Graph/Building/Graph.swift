/// A network under construction as the nodes of an ONNX graph.
///
/// Inputs come first; operations on their `GraphTensor`s, written as those of `Tensor`, add nodes;
/// outputs name what is to come out. `serialized(_:)` then gives the file.
///
/// Not `Sendable`: it is built on one thread, and its bytes cross.
package final class Graph {
    /// Input or output: its name and the size of every dimension.
    struct Port {
        let name: String
        let sizes: [GraphSize]
    }

    private(set) var inputs: [Port] = []
    private(set) var nodes: [GraphNode] = []
    /// Outputs, by the node that computes each.
    private(set) var outputs: [Int: Port] = [:]

    /// A graph without nodes.
    package init() {}

    /// Input of the graph, in float32, given at each run.
    package func input(_ name: String, _ sizes: [GraphSize]) -> GraphTensor {
        inputs.append(Port(name: name, sizes: sizes))
        return GraphTensor(
            operand: .input(inputs.count - 1), graph: self, shape: sizes.map(\.count),
            type: .float32)
    }

    /// Has `tensor` come out of every run.
    ///
    /// - Parameters:
    ///   - name: what it is called in the file.
    ///   - tensor: a result of an operation of this graph.
    ///   - sizes: those of its shape; a free one gets a name by which readers of the file tell which
    ///     sizes belong together.
    /// - Throws: `TensorError.invalid` where they are not its own, or where it is no result of an
    ///   operation.
    package func output(
        _ name: String, _ tensor: GraphTensor, _ sizes: [GraphSize]
    ) throws(TensorError) {
        let shape = sizes.map(\.count)
        // OpenVINO's C API has no name for the shape of a single number.
        guard !shape.isEmpty else {
            throw .invalid(
                operation: "output \(name)", shapes: [[]], reason: "it needs a dimension")
        }
        let fits = zip(shape, tensor.shape).allSatisfy { $0 == $1 || $0 < 0 || $1 < 0 }
        guard shape.count == tensor.shape.count, fits else {
            throw .invalid(
                operation: "output \(name)", shapes: [tensor.shape], reason: "\(shape) was declared"
            )
        }
        guard tensor.graph === self, case .node(let node) = tensor.operand, outputs[node] == nil
        else {
            throw .invalid(
                operation: "output \(name)", shapes: [tensor.shape],
                reason: "it is not a result of an operation of this graph, or is already an output")
        }
        outputs[node] = Port(name: name, sizes: sizes)
    }

    /// Adds a node to the graph that its inputs belong to.
    ///
    /// - Parameters:
    ///   - node: without what it works on
    ///   - inputs: what it works on, in the order of ONNX; nil for one that is left out
    ///   - shape: of its result, -1 for a free size
    ///   - name: of the operation, for the error
    /// - Throws: `TensorError.invalid` where the inputs belong to no graph or to several.
    static func add(
        _ node: GraphNode, to inputs: [GraphTensor?], shape: [Int], type: GraphElement = .float32,
        named name: String
    ) throws(TensorError) -> GraphTensor {
        let given = inputs.compactMap(\.self)
        guard let graph = given.lazy.compactMap(\.graph).first else {
            throw .invalid(
                operation: name, shapes: given.map(\.shape),
                reason: "only constants are given, and no graph")
        }
        guard given.allSatisfy({ $0.graph.map { $0 === graph } ?? true }) else {
            throw .invalid(
                operation: name, shapes: given.map(\.shape),
                reason: "they belong to different graphs")
        }
        var node = node
        node.operands = inputs.map { $0?.operand }
        graph.nodes.append(node)
        return GraphTensor(
            operand: .node(graph.nodes.count - 1), graph: graph, shape: shape, type: type)
    }
}
