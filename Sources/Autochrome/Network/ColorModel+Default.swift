extension ColorModel {
    /// The model that came with the program: in `share/autochrome` of an installation, in
    /// `Models` of a checkout.
    ///
    /// - Throws: `WeightsError.missing` with the places that were looked at.
    package static func defaultFile() throws(WeightsError) -> String {
        let candidates = Installation.candidates(
            for: "autochrome.safetensors", installed: "share/autochrome", checkout: "Models")
        guard let file = Installation.first(of: candidates) else {
            throw .missing(file: candidates.joined(separator: ", "))
        }
        return file
    }
}
