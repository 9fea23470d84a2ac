import AutochromeTraining
import Testing

@Suite struct PrepareSettingsTests {
    @Test("A data set of another JPEG quality is not taken for the one asked for")
    func quality() throws {
        let scratch = try Scratch()
        try scratch.write(try TestPhotograph.jpeg(1), as: "in/a.jpg")
        _ = try Prepared(scratch, ["in"])
        var settings = PrepareSettings()
        settings.quality = 75
        let error = #expect(throws: PrepareError.self) {
            try Prepared(scratch, ["in"], settings: settings)
        }
        #expect(error?.description.contains("JPEG quality 75 instead of 90") == true)
    }
}
