internal import Autochrome
internal import FuzzSupport

/// Reads a safetensors file, does to its weights what `autochrome model` does, and colours with a
/// network of which they are a part.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Input.inFolder { folder in
        let (path, copy) = (folder + "/a.safetensors", folder + "/b.safetensors")
        Input.write(Input.bytes(start, count), to: path)
        _ = try? ModelFacts(of: path)
        let weights = try Weights(reading: path)
        for tensor in weights.tensors.values {
            precondition(tensor.floats().count == tensor.count)
        }
        try? color(with: weights)
        _ = try? weights.sharpened(by: 2).write(to: copy)
        _ = try? weights.averaged(with: weights, share: 0.5).write(to: copy)
        _ = try? weights.converted(to: .fp16).write(to: copy)
        try weights.write(to: copy)
        var back = try? Weights(reading: copy)
        back?.file = path
        precondition(back == weights, "what is written is read back the same")
    }
    return 0
}

/// By ONNX through OpenVINO, as `autochrome` colours; weights that do not fit are refused.
private func color(with weights: Weights) throws {
    var whole = weights
    let kind = try NetworkKind(of: weights)
    let network = kind.network(of: GraphTensor.self)
    for (name, shape) in try network.parameterShapes(.lite0) where whole.tensors[name] == nil {
        whole.tensors[name] = StoredTensor(
            [Float](repeating: 0.01, count: shape.reduce(1, *)), shape: shape)
    }
    let run = try GraphRunner(whole.onnx(.fp32), threads: 1)
    var inputs = [
        GraphPort.lightness: try NumberArray(
            [Float](repeating: 50, count: 32 * 32), shape: [1, 1, 32, 32])
    ]
    if network.givesDistribution {
        inputs[GraphPort.vividness] = try NumberArray([0.5], shape: [1])
    }
    if network.takesHints {
        inputs[GraphPort.hints] = try NumberArray(
            [Float](repeating: 0.5, count: 3 * 64), shape: [1, 3, 8, 8])
        inputs[GraphPort.palette] = try NumberArray(
            [Float](repeating: 1, count: 262), shape: [1, 262])
    }
    let ab = try run(inputs)[GraphPort.ab]
    precondition(ab?.shape[1] == 2)
}
