import Autochrome
import Foundation
import Testing

@Suite struct TensorErrorTests {
    @Test func `shapes that do not fit are an error that names them`() throws {
        let a = try Tensor.filled(with: 1, shape: [2, 3])
        let b = try Tensor.filled(with: 1, shape: [4, 5])
        let error = #expect(throws: TensorError.self) { try a.matrixProduct(b) }
        let text = try #require(error).description
        #expect(text.hasPrefix("matrix product of [2, 3] and [4, 5] is not possible: "), "\(text)")
        #expect(!text.contains("\n") && !text.contains("Exception raised"), "\(text)")
    }

    @Test func `every wrong call is an error and not a crash`() throws {
        let x = try Tensor.filled(with: 1, shape: [1, 3, 8, 8])
        let weight = try Tensor.filled(with: 1, shape: [4, 2, 3, 3])
        let norm = try Tensor.filled(with: 1, shape: [5])
        #expect(throws: TensorError.self) { try x.convolved(with: weight, bias: nil) }
        #expect(throws: TensorError.self) {
            try x.transposedConvolved(with: weight, bias: nil, stride: 2, padding: 0)
        }
        #expect(throws: TensorError.self) {
            try x.batchNormalized(
                weight: norm, bias: norm, runningMean: norm, runningVariance: norm,
                training: false, momentum: 0.1, epsilon: 1e-5)
        }
        #expect(throws: TensorError.self) { try x.reshaped(to: [7]) }
        #expect(throws: TensorError.self) { try x.narrowed(dimension: 1, to: 2..<9) }
        #expect(throws: TensorError.self) { try x.softmax(over: 9) }
        #expect(throws: TensorError.self) { try x.mean(over: [9]) }
        #expect(throws: TensorError.self) { try x.resized(height: 0, width: 4) }
        #expect(throws: TensorError.self) { try x.padded(left: -9) }
        #expect(throws: TensorError.self) { try norm.transposed() }
        #expect(throws: TensorError.self) { try Tensor.values([1, 2], shape: [3]) }
        #expect(throws: TensorError.self) { try Tensor.filled(with: 0, shape: [-1]) }
    }

    @Test func `memory that cannot be had is an error of its own`() throws {
        let x = try Tensor.filled(with: 1, shape: [1, 64, 1, 1])
        let side = 1 << 21
        let error = try #require(
            throws: TensorError.self
        ) { try x.resized(height: side, width: side) }
        guard case .outOfMemory(_, [[1, 64, 1, 1]], _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.description.contains("ran out of memory"))
    }

    @Test func `a missing libtorch is a sentence that says where it was looked for`() async {
        await #expect(processExitsWith: .success) {
            setenv("AUTOCHROME_TORCH", "/nowhere/libautochrome_torch.so", 1)
            let error = #expect(throws: TensorError.self) {
                try Tensor.values([1], shape: [1])
            }
            let text = try #require(error).description
            #expect(text.contains("/nowhere/libautochrome_torch.so"))
            #expect(text.contains("Scripts/setup train"))
            setenv("AUTOCHROME_TORCH", "/proc/self/status", 1)
            let unusable = #expect(throws: TensorError.self) {
                try Tensor.values([1], shape: [1])
            }
            #expect(try #require(unusable).description.contains("cannot be used"))
            unsetenv("AUTOCHROME_TORCH")
            // What failed once is looked for again.
            #expect(try Tensor.values([1], shape: [1]).floats() == [1])
        }
    }

    @Test func `a device is read from its name, and a missing one is a sentence`() throws {
        #expect(Device("auto") == .automatic)
        #expect(Device("cpu") == .cpu)
        #expect(Device("cuda") == .cuda(0))
        #expect(Device("cuda:3") == .cuda(3))
        for wrong in ["", "gpu", "cuda:", "cuda:-1", "cuda:x", "CPU"] {
            #expect(Device(wrong) == nil, "\(wrong)")
        }
        let count = try Device.cudaCount()
        let error = #expect(throws: TensorError.self) {
            try Tensor.values([1], shape: [1], on: .cuda(count + 6))
        }
        #expect(error == .deviceMissing(device: .cuda(count + 6), available: count))
        let text = TensorError.deviceMissing(device: .cuda(0), available: 0).description
        #expect(text.hasPrefix("cuda:0: this machine, or its libtorch, has no CUDA device"))
    }
}
