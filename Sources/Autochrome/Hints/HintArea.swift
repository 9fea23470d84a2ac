/// A colour for an area of the upright picture, as a lasso encloses it.
public struct HintArea: Sendable, Equatable {
    /// The polygon's corners, x and y as fractions of the picture's width and height; what lies
    /// outside the picture is cut off. What the line goes around more than once is inside, too.
    public var corners: [SIMD2<Double>]
    /// Which colour.
    public var color: HintColor
    /// Whether the colour holds here alone; otherwise what is alike may follow.
    public var isLocal: Bool

    /// A colour for the inside of a polygon.
    ///
    /// - Parameters:
    ///   - corners: x and y as fractions of the picture's width and height.
    ///   - color: which colour.
    ///   - isLocal: whether it holds here alone.
    public init(corners: [SIMD2<Double>], color: HintColor, isLocal: Bool = false) {
        (self.corners, self.color, self.isLocal) = (corners, color, isLocal)
    }
}
