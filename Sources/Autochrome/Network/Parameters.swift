/// Gives a network its tensors, by name and shape, while it is built.
package struct Parameters<Value: NetworkValue> {
    /// Where tensors come from. A source that reads a file compares shapes; what is in memory
    /// already is taken to fit.
    package typealias Source = (_ name: String, _ shape: [Int]) throws(WeightsError) -> Value

    private let prefix: String
    private let source: Source

    /// Parameters whose tensors come from `source`.
    package init(_ source: @escaping Source) {
        self.init(prefix: "", source: source)
    }

    /// Parameters that are in memory already; they are shared, not copied.
    package init(_ tensors: [String: Value]) {
        self.init { (name, shape) throws(WeightsError) in
            if let tensor = tensors[name] { return tensor }
            throw .foreign(file: "memory", network: "it", missing: [name], unexpected: [])
        }
    }

    private init(prefix: String, source: @escaping Source) {
        self.prefix = prefix
        self.source = source
    }

    /// The parameters whose names continue with `name` and a dot.
    package subscript(_ name: String) -> Parameters<Value> {
        Parameters(prefix: "\(prefix)\(name).", source: source)
    }

    /// The tensor of that name.
    ///
    /// - Parameters:
    ///   - name: what follows the prefix.
    ///   - shape: what the network wants of it, for the source to compare.
    /// - Throws: what the source throws: `WeightsError.foreign` where it has no such tensor.
    package func tensor(_ name: String, _ shape: [Int]) throws(WeightsError) -> Value {
        try source(prefix + name, shape)
    }
}
