internal import Autochrome
internal import FuzzSupport

/// Reads a safetensors file, and does to its weights what `autochrome model` does.
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
