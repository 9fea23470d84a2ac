internal import SwiftProtobuf

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Description of a graph in its file.
package struct GraphDescription: Sendable {
    /// The network's name.
    package var name: String
    /// Purpose, inputs and outputs with their units.
    package var text: String
    /// Further facts, such as the licence of the weights.
    package var facts: [(key: String, value: String)]
    /// Whether weights are stored in fp16; all is computed in float32 all the same.
    package var isHalved: Bool

    /// A description of a network of this name.
    package init(
        name: String, text: String = "", facts: [(key: String, value: String)] = [],
        isHalved: Bool = false
    ) {
        self.name = name
        self.text = text
        self.facts = facts
        self.isHalved = isHalved
    }
}

extension Graph {
    /// The version of ONNX's operations that nodes are written in, of December 2021.
    private static let operations = 17
    /// The version of the file that came with it.
    private static let format = 8

    /// The graph as the bytes of an ONNX file. Nodes that no output needs are left out.
    ///
    /// - Throws: `TensorError.invalid` when it has no output, or more than a file can hold (2 GB).
    package func serialized(_ description: GraphDescription) throws(TensorError) -> [UInt8] {
        guard !outputs.isEmpty else {
            throw .invalid(operation: "writing a graph", shapes: [], reason: "it has no output")
        }
        var model = Onnx_ModelProto()
        model.irVersion = Int64(Self.format)
        model.opsetImport = [.with { $0.version = Int64(Self.operations) }]
        model.producerName = "Autochrome"
        model.producerVersion = Version.current
        model.docString = description.text
        model.metadataProps = description.facts.map { fact in
            .with {
                $0.key = fact.key
                $0.value = fact.value
            }
        }
        let writer = GraphWriter(self, halving: description.isHalved)
        model.graph = writer.graph(named: description.name)
        do {
            return try model.serializedBytes()
        } catch {
            throw .invalid(operation: "writing a graph", shapes: [], reason: "\(error)")
        }
    }
}
