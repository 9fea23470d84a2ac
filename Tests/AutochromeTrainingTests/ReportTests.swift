import AutochromeTraining
import Testing

@Suite struct ReportTests {
    @Test func `the check sum is the standard's`() {
        // RFC 3720, section B.4, and the check value all catalogues give.
        #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    }
}
