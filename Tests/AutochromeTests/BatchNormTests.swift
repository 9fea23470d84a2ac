import Autochrome
import Testing

@Suite struct BatchNormTests {
    /// A norm of one channel with the numbers of the test below.
    static func norm(populationVariance: Bool = false) throws -> BatchNorm<Tensor> {
        let values: [String: Float] = [
            "weight": 2, "bias": 1, "running_mean": 3, "running_var": 4,
        ]
        return try BatchNorm<Tensor>(
            Parameters { (name, shape) throws(WeightsError) in
                do throws(TensorError) {
                    return try Tensor.filled(with: values[name] ?? .nan, shape: shape)
                } catch {
                    throw .tensor(error)
                }
            }, channels: 1, .init(momentum: 0.5, epsilon: 0, populationVariance: populationVariance)
        )
    }

    @Test func `evaluation goes by the running statistics`() throws {
        let x = try Tensor.values([1, 3, 5, 7], shape: [1, 1, 2, 2])
        // 2 (x - 3) / 2 + 1
        expectClose(try Self.norm()(x, mode: .evaluation).floats(), [-1, 1, 3, 5], within: 1e-6)
    }

    // mean 4, variance 5 of all four, 20 / 3 as an estimate from a sample
    @Test(arguments: [(false, Float(20) / 3), (true, 5)])
    func `training goes by the batch and moves the statistics half way`(
        populationVariance: Bool, variance: Float
    ) throws {
        let x = try Tensor.values([1, 3, 5, 7], shape: [1, 1, 2, 2])
        let norm = try Self.norm(populationVariance: populationVariance)
        let expected = [-3, -1, 1, 3].map { 2 * $0 / Float(5).squareRoot() + 1 }
        expectClose(try norm(x, mode: .training).floats(), expected, within: 1e-5)
        expectClose(try norm.runningMean.floats(), [3.5], within: 1e-6)
        expectClose(try norm.runningVariance.floats(), [(4 + variance) / 2], within: 1e-5)
    }
}
