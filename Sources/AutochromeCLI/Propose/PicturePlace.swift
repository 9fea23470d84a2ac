import ArgumentParser

/// A place of a picture on the command line: `0.31,0.55`.
struct PicturePlace: ExpressibleByArgument {
    /// As a fraction of the picture's width, 0...1.
    let x: Double
    /// The same of its height.
    let y: Double

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
            .map { Double($0) }
        guard parts.count == 2, let x = parts[0], let y = parts[1], (0...1).contains(x),
            (0...1).contains(y)
        else { return nil }
        (self.x, self.y) = (x, y)
    }
}
