import Autochrome
import Foundation
import Testing

@Suite struct GraphOperationTests {
    // Two libraries add in different orders: 1e-6 of the sums, which are below 100.
    static let tolerance: Float = 1e-4

    @Test(arguments: GraphOperation.all)
    func `an operation gives what it does elsewhere, at two sizes`(
        operation: GraphOperation
    ) throws {
        let run = try GraphRunner(operation.model(), threads: 1)
        #expect(run.outputs == ["y"])
        for sizes in GraphOperation.sizes {
            let values = try operation.values(sizes)
            let inputs = operation.inputs.indices.compactMap { values["x\($0)"] }
            let expected = try operation.expected(inputs)
            let result = try #require(try run(values)["y"])
            #expect(result.shape == expected.shape)
            expectClose(result.values, expected.values, within: Self.tolerance)
        }
    }
}
