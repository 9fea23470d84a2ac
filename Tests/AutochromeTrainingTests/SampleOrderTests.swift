import AutochromeTraining
import Testing

@Suite struct SampleOrderTests {
    @Test(arguments: [0, 1, 7, 1000])
    func `every photograph comes once an epoch`(buffer: Int) {
        let order = SampleOrder(count: 100, shuffles: true, buffer: buffer, seed: 5)
        #expect(order.indices(ofEpoch: 3).sorted() == Array(0..<100))
    }

    @Test func `epochs and seeds differ, and repeat`() {
        let order = SampleOrder(count: 100, shuffles: true, buffer: 0, seed: 5)
        let other = SampleOrder(count: 100, shuffles: true, buffer: 0, seed: 6)
        #expect(order.indices(ofEpoch: 0) == order.indices(ofEpoch: 0))
        #expect(order.indices(ofEpoch: 0) != order.indices(ofEpoch: 1))
        #expect(order.indices(ofEpoch: 0) != other.indices(ofEpoch: 0))
        #expect(order.indices(ofEpoch: 0) != Array(0..<100))
    }

    @Test func `with a small buffer nothing comes much too early`() {
        let order = SampleOrder(count: 100, shuffles: true, buffer: 5, seed: 1).indices(ofEpoch: 0)
        #expect(order.enumerated().allSatisfy { $0.element < $0.offset + 5 })
    }

    @Test func `without shuffling the order is that of the names`() {
        let order = SampleOrder(count: 9, shuffles: false, buffer: 0, seed: 1)
        #expect(order.indices(ofEpoch: 7) == Array(0..<9))
    }
}
