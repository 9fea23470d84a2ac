/// A frame as motion sees it: its lightness at half the network's size with light and contrast
/// evened out, again and again halved, and its light itself.
package struct Glimpse: Sendable {
    /// What is added to the local deviation of L*, so that grain on a plain wall stays small.
    private static let floor: Float = 3

    /// The window over which light and contrast are evened out: radius in samples.
    private static let window = 8

    /// From half the network's size on, each level half of the one before.
    let levels: [Plane]

    /// Local mean of L*, at the first level.
    let light: Plane

    /// - Parameter lightness: L* at the network's size, without what it is reflected out by.
    package init(_ lightness: Plane) {
        let half = lightness.halved()
        let mean = half.boxMean(radius: Self.window)
        let square = (half * half).boxMean(radius: Self.window)
        light = mean
        var even = half - mean
        for i in even.values.indices {
            let variance = max(0, square.values[i] - mean.values[i] * mean.values[i])
            even.values[i] /= variance.squareRoot() + Self.floor
        }
        var levels = [even]
        while let last = levels.last, min(last.width, last.height) >= 24, levels.count < 5 {
            levels.append(last.halved())
        }
        self.levels = levels
    }
}
