internal import Autochrome

/// How a photograph of a session is shown and saved.
struct Settings: Sendable {
    let vividness: Double?
    let saturation: Float

    /// - Throws: `ColorizeOptionsError`
    init(vividness: Double?, saturation: Float?) throws(ColorizeOptionsError) {
        self.vividness = vividness
        self.saturation = saturation ?? ColorizeOptions().saturation
        try options(maxPixels: 1).validate()
    }

    private init() { (vividness, saturation) = (nil, ColorizeOptions().saturation) }

    /// What a photograph is shown with at first.
    static let standard = Settings()

    func options(maxPixels: Int, hints: Hints? = nil) -> ColorizeOptions {
        var options = ColorizeOptions()
        options.vividness = vividness
        options.saturation = saturation
        options.maxPixels = maxPixels
        options.hints = hints
        return options
    }
}
