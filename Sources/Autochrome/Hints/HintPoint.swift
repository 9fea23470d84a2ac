/// A colour pointed at: a place of the upright picture and what is around it.
public struct HintPoint: Sendable, Equatable {
    /// Where, as a fraction of the picture's width, 0...1.
    public var x: Double
    /// The same of its height.
    public var y: Double
    /// Which colour.
    public var color: HintColor
    /// How far around the place the colour holds, as a fraction of the shorter side, 0...0.5.
    public var radius: Double
    /// Whether the colour holds here alone; otherwise what is alike may follow.
    public var isLocal: Bool

    /// The radius of a point that says none.
    public static let defaultRadius = 0.01
    /// The radii that there may be.
    public static let radii = 0...0.5

    /// A colour for a place.
    ///
    /// - Parameters:
    ///   - x: where, as a fraction of the picture's width.
    ///   - y: the same of its height.
    ///   - color: which colour.
    ///   - radius: how far around the place it holds, as a fraction of the shorter side.
    ///   - isLocal: whether it holds here alone.
    public init(
        x: Double, y: Double, color: HintColor, radius: Double = defaultRadius,
        isLocal: Bool = false
    ) {
        (self.x, self.y, self.color) = (x, y, color)
        (self.radius, self.isLocal) = (radius, isLocal)
    }
}
