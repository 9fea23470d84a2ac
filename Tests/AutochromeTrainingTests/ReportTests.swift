import Autochrome
import AutochromeTraining
import Foundation
import Testing

@Suite struct ReportTests {
    @Test func `the check sum is the standard's`() {
        // RFC 3720, section B.4, and the check value all catalogues give.
        #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    }

    /// What `RecordWriter` of TensorBoard 2.21.0 makes, in hexadecimal digits, of an `Event` with
    /// `file_version="brain.Event:2"` and of two with a `Summary` of the values below.
    static let events = [
        "1800000000000000a37f4b220900000040fc54d9411a0d627261696e2e4576656e743a32eced8f9d",

        "6600000000000000723b876a0900001040fc54d94110ac022a580a0b0a046c6f737315000020400a",
        "140a0d6c6561726e696e672072617465156f12833a0a1b0a1470686f746f67726170687320612073",
        "65636f6e641500409a440a160a0f6576616c756174696f6e206c6f73731500003040739e04ca",

        "4e00000000000000c4b905ad090000204ffc54d94110ad022a400a0b0a046c6f7373150000c03f0a",
        "140a0d6c6561726e696e672072617465156f12033a0a1b0a1470686f746f67726170687320612073",
        "65636f6e641500000000c4a47a00",
    ]

    @Test func `an event file has the bytes that TensorBoard's own writer makes`() throws {
        let steps = """
            [{"step": 300, "epoch": 2, "batch": 7, "loss": 2.5, "learning_rate": 0.001,
              "photographs_per_second": 1234, "waiting": 0, "time": 1700000000.25,
              "evaluation": 2.75},
             {"step": 301, "epoch": 2, "batch": 8, "loss": 1.5, "learning_rate": 0.0005,
              "photographs_per_second": 0, "waiting": 0, "time": 1700000060.5}]
            """
        let records = try JSONDecoder().decode([StepRecord].self, from: Data(steps.utf8))
        let scratch = try Scratch()
        try EventFile.write(records, in: scratch.url.path)
        let bytes = try scratch.read("events.out.tfevents.1700000000.autochrome")
        let digits = bytes.map { $0.padded(2, radix: 16) }.joined()
        #expect(digits == Self.events.joined())
    }
}
