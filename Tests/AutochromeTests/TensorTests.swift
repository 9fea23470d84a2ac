import Autochrome
import Foundation
import Testing

@Suite struct TensorTests {
    @Test func `values go in and come out unchanged`() throws {
        let values: [Float] = [1, -2, 3.5, 0, 5, -6]
        let tensor = try Tensor.values(values, shape: [1, 2, 3])
        #expect(tensor.shape == [1, 2, 3])
        #expect(tensor.scalarType == .float32)
        #expect(tensor.device == .cpu)
        #expect(try tensor.floats() == values)
        #expect(try tensor.channelsLast2D().floats() == values)
    }

    @Test(arguments: ScalarType.allCases)
    func `every element type keeps small whole numbers`(type: ScalarType) throws {
        let tensor = try Tensor.values([1, 2, 3, 4], shape: [4]).converted(to: type)
        #expect(tensor.scalarType == type)
        #expect(try tensor.floats() == [1, 2, 3, 4])
    }

    @Test func `arithmetic broadcasts and takes numbers`() throws {
        let a = try Tensor.values([1, 2, 3, 4], shape: [2, 2])
        let b = try Tensor.values([10, 100], shape: [2])
        #expect(try (a + b).floats() == [11, 102, 13, 104])
        #expect(try (b - a).floats() == [9, 98, 7, 96])
        #expect(try (a * b).floats() == [10, 200, 30, 400])
        #expect(try (b / a).floats() == [10, 50, 10.0 / 3, 25])
        #expect(try (a + 1).floats() == [2, 3, 4, 5])
        #expect(try (a - 1).floats() == [0, 1, 2, 3])
        #expect(try (a * 2).floats() == [2, 4, 6, 8])
        #expect(try (a / 2).floats() == [0.5, 1, 1.5, 2])
        #expect(try a.scaled(by: 3, plus: -1).floats() == [2, 5, 8, 11])
        #expect(try a.matrixProduct(a.transposed()).floats() == [5, 11, 11, 25])
        expectClose(try a.logarithm().floats(), [0, 0.6931472, 1.0986123, 1.3862944], within: 1e-6)
        #expect(try (a * a).squareRoot().floats() == [1, 2, 3, 4])
    }

    @Test func `bfloat16 is what it says, and known where the processor has it`() throws {
        let a = try Tensor.values([1, 2, 3, 4], shape: [2, 2])
        let product = try Computation.inBFloat16(on: .cpu) { () throws(TensorError) in
            try a.matrixProduct(a)
        }
        #expect(product.scalarType == .bfloat16)
        #expect(try product.floats() == [7, 10, 15, 22])
        #expect(try a.matrixProduct(a).scalarType == .float32)
        #if os(Linux) && arch(x86_64)
            let processor = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
            #expect(Computation.hasBFloat16(.cpu) == processor.contains("avx512_bf16"))
        #endif
    }

    @Test func `parts, padding and reductions keep their places`() throws {
        let x = try Tensor.values([1, 2, 3, 4], shape: [1, 1, 2, 2])
        #expect(
            try x.padded(right: 1, top: 1).floats() == [0, 0, 0, 1, 2, 0, 3, 4, 0])
        #expect(try x.narrowed(dimension: 3, to: 1..<2).floats() == [2, 4])
        #expect(try x.mean().floats() == [2.5])
        #expect(try x.sum(over: [2]).floats() == [4, 6])
        #expect(try x.globalAverage().shape == [1, 1, 1, 1])
        // Corners not aligned: a quarter of a pixel from each centre, the border repeated.
        #expect(
            try x.narrowed(dimension: 2, to: 0..<1).resized(height: 1, width: 4).floats()
                == [1, 1.25, 1.75, 2])
    }

    @Test func `softmax sums to one over the channels, and its logarithm agrees`() throws {
        let x = try Tensor.values([0, 1, 2, -1, 5, 3], shape: [1, 3, 2, 1])
        let shares = try x.softmax()
        expectClose(try shares.sum(over: [1]).floats(), [1, 1], within: 1e-6)
        expectClose(
            try x.logSoftmax().floats(), try shares.logarithm().floats(), within: 1e-5)
    }

    @Test func `convolutions agree with sums by hand`() throws {
        let x = try Tensor.values([1, 2, 3, 4, 5, 6, 7, 8, 9], shape: [1, 1, 3, 3])
        let kernel = try Tensor.values([1, 0, 0, 2], shape: [1, 1, 2, 2])
        let bias = try Tensor.values([100], shape: [1])
        #expect(
            try x.convolved(with: kernel, bias: bias).floats() == [111, 114, 120, 123])
        let spread = try kernel.transposedConvolved(
            with: kernel, bias: nil, stride: 2, padding: 0)
        #expect(
            try spread.floats() == [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 4])
        let pair = try Tensor.values(
            (1...9).map(Float.init) + (1...9).map(Float.init), shape: [1, 2, 3, 3])
        let kernels = try Tensor.values([1, 10], shape: [2, 1, 1, 1])
        let apart = try pair.convolved(with: kernels, bias: nil, groups: 2).floats()
        #expect(apart[1] == 2 && apart[10] == 20)
    }

    @Test func `every handle is given back`() async {
        // In a process of its own: other tests make tensors at the same time.
        await #expect(processExitsWith: .success) {
            #expect(Tensor.liveCount == 0)
            for _ in 0..<100 {
                let x = try Tensor.values([1, 2, 3, 4], shape: [1, 1, 2, 2])
                let y = try (x + x).relu().resized(height: 8, width: 8)
                #expect(Tensor.liveCount >= 2)
                #expect(throws: TensorError.self) { try x.matrixProduct(y.reshaped(to: [3])) }
                #expect(try y.floats().count == 64)
            }
            #expect(Tensor.liveCount == 0)
        }
    }

    @Test func `idle threads leave the cores to others, unless the user says otherwise`() async {
        await #expect(processExitsWith: .success) {
            unsetenv("OMP_WAIT_POLICY")
            _ = try Tensor.values([1], shape: [1])
            #expect(getenv("OMP_WAIT_POLICY").map { String(cString: $0) } == "PASSIVE")
        }
        await #expect(processExitsWith: .success) {
            setenv("OMP_WAIT_POLICY", "ACTIVE", 1)
            _ = try Tensor.values([1], shape: [1])
            #expect(getenv("OMP_WAIT_POLICY").map { String(cString: $0) } == "ACTIVE")
        }
    }
}

extension Tensor {
    /// This `[1, H, W]` with channels last and back, which must change nothing.
    fileprivate func channelsLast2D() throws(TensorError) -> Tensor {
        try reshaped(to: [1] + shape).channelsLast()
    }
}
