/// Options for colouring a photograph.
public struct ColorizeOptions: Sendable {
    /// Share of the training's rebalancing toward rare colours that is kept, 0...1: 0 is muted
    /// with the least error, 1 vivid. Nil is the model's own default; a model that gives one
    /// colour a pixel has no such choice.
    public var vividness: Double?

    /// Factor for chroma; 0 gives grey.
    public var saturation: Float

    /// The shorter side, in pixels, at which the network sees the photograph; nil for the model's
    /// own.
    public var detail: Int?

    /// Whether the result shows the photograph before and after, side by side.
    public var compare: Bool

    /// Colours that a person chose for places of the photograph, and a palette for all of it; nil
    /// for none. They need a model that listens (`Colorizer.takesHints`), unless all of them hold
    /// in their own places alone.
    public var hints: Hints?

    /// The format written, or nil for the photograph's own.
    public var format: PhotoFormat?

    /// The quality written, 1...100 on the format's scale, or nil for its default. 100 loses
    /// nothing in WebP and JPEG XL; a WebP that lost nothing is written so by default.
    public var quality: Int?

    /// The most pixels of a photograph whose format or orientation needs it decoded whole.
    public var maxPixels: Int

    /// Whether photographs that are in colour already are left alone.
    public var skipsColored: Bool

    /// Whether a file that has the result's name is replaced.
    public var overwrite: Bool

    /// The defaults of the command line.
    public init() {
        vividness = nil
        saturation = 1
        detail = nil
        compare = false
        hints = nil
        format = nil
        quality = nil
        maxPixels = 300_000_000
        skipsColored = false
        overwrite = false
    }
}
