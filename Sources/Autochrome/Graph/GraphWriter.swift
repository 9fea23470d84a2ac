internal import SwiftProtobuf

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Turns the nodes of a graph into those of ONNX, and constants into what it calls initializers.
struct GraphWriter {
    private let graph: Graph
    private let halving: Bool
    private var constants: [ObjectIdentifier: String] = [:]
    private var initializers: [Onnx_TensorProto] = []
    private var conversions: [Onnx_NodeProto] = []

    init(_ graph: Graph, halving: Bool) {
        self.graph = graph
        self.halving = halving
    }

    consuming func graph(named name: String) -> Onnx_GraphProto {
        var nodes: [Onnx_NodeProto] = []
        for (index, node) in graph.nodes.enumerated() where needed[index] {
            nodes.append(message(node, index))
        }
        return .with {
            $0.name = name
            $0.input = graph.inputs.map(Self.message)
            $0.output = graph.outputs.sorted { $0.key < $1.key }.map { Self.message($0.value) }
            $0.node = conversions + nodes
            $0.initializer = initializers
        }
    }

    /// Whether an output needs the node, for each.
    private var needed: [Bool] {
        var needed = [Bool](repeating: false, count: graph.nodes.count)
        func mark(_ operand: GraphOperand?) {
            if case .node(let index) = operand { needed[index] = true }
        }
        for index in graph.outputs.keys { needed[index] = true }
        // A node works on earlier ones alone.
        for index in graph.nodes.indices.reversed() where needed[index] {
            for operand in graph.nodes[index].operands { mark(operand) }
        }
        return needed
    }

    private mutating func message(_ node: GraphNode, _ index: Int) -> Onnx_NodeProto {
        let inputs = node.operands.map { $0.map { name(of: $0) } ?? "" }
        let result = name(of: .node(index))
        return .with {
            $0.opType = node.operation
            $0.name = "\(node.operation) \(index)"
            $0.input = inputs
            $0.output = [result]
            $0.attribute = node.attributes.map { $0.value.message(named: $0.name) }
        }
    }

    private mutating func name(of operand: GraphOperand) -> String {
        switch operand {
        case .input(let index): graph.inputs[index].name
        case .node(let index): graph.outputs[index]?.name ?? "value \(index)"
        case .constant(let constant): name(of: constant)
        }
    }

    private mutating func name(of constant: GraphConstant) -> String {
        if let name = constants[ObjectIdentifier(constant)] { return name }
        let name = "constant \(constants.count)"
        constants[ObjectIdentifier(constant)] = name
        let stored = "\(name) in fp16"
        guard halving, let half = constant.halved(named: stored) else {
            initializers.append(constant.message(named: name))
            return name
        }
        initializers.append(half)
        conversions.append(
            .with {
                $0.opType = "Cast"
                $0.name = "Cast \(name)"
                $0.input = [stored]
                $0.output = [name]
                $0.attribute = [
                    GraphNode.Attribute.integer(GraphElement.float32.onnxCode).message(named: "to")
                ]
            })
        return name
    }

    private static func message(_ port: Graph.Port) -> Onnx_ValueInfoProto {
        .with {
            $0.name = port.name
            $0.type.tensorType.elemType = Int32(GraphElement.float32.onnxCode)
            $0.type.tensorType.shape.dim = port.sizes.map { size in
                .with {
                    switch size {
                    case .fixed(let count): $0.dimValue = Int64(count)
                    case .free(let name): $0.dimParam = name
                    }
                }
            }
        }
    }
}

extension GraphElement {
    /// The type as ONNX numbers it.
    var onnxCode: Int {
        switch self {
        case .float32: Onnx_TensorProto.DataType.float.rawValue
        case .int64: Onnx_TensorProto.DataType.int64.rawValue
        }
    }
}

extension GraphNode.Attribute {
    fileprivate func message(named name: String) -> Onnx_AttributeProto {
        .with {
            $0.name = name
            switch self {
            case .number(let value):
                $0.type = .float
                $0.f = value
            case .integer(let value):
                $0.type = .int
                $0.i = Int64(value)
            case .integers(let values):
                $0.type = .ints
                $0.ints = values.map(Int64.init)
            case .text(let text):
                $0.type = .string
                $0.s = Data(text.utf8)
            }
        }
    }
}

extension GraphConstant {
    /// From here on a constant is a weight, whose file size counts.
    private static let manyElements = 64

    fileprivate func message(named name: String) -> Onnx_TensorProto {
        .with {
            $0.name = name
            $0.dims = shape.map(Int64.init)
            switch values {
            case .numbers(let numbers):
                $0.dataType = Int32(GraphElement.float32.onnxCode)
                $0.rawData = Self.data(numbers)
            case .integers(let integers):
                $0.dataType = Int32(GraphElement.int64.onnxCode)
                $0.rawData = Self.data(integers.map { Int64($0) })
            }
        }
    }

    /// The constant in fp16; nil for whole numbers, for few, and for what fp16 does not reach.
    fileprivate func halved(named name: String) -> Onnx_TensorProto? {
        guard let numbers, numbers.count >= Self.manyElements else { return nil }
        let halves = numbers.map { Float16($0) }
        guard halves.allSatisfy(\.isFinite) else { return nil }
        return .with {
            $0.name = name
            $0.dims = shape.map(Int64.init)
            $0.dataType = Int32(Onnx_TensorProto.DataType.float16.rawValue)
            $0.rawData = Self.data(halves)
        }
    }

    /// As little-endian bytes, which all processors have for which there is OpenVINO.
    private static func data(_ values: [some BitwiseCopyable]) -> Data {
        values.withUnsafeBytes { Data($0) }
    }
}
