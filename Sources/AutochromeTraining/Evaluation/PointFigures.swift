/// What true points make of one photograph, at a vividness of 0 and a shorter side of 256 pixels.
package struct PointFigures: Codable, Sendable, Equatable {
    /// One number of points.
    package struct Figure: Codable, Sendable, Equatable {
        /// How many points, 0 first.
        package let points: Int
        /// Peak signal-to-noise ratio, in dB.
        package let psnr: Double
        /// The mean of CIEDE2000.
        package let ciede2000: Double
    }

    /// By number of points, none first.
    package let figures: [Figure]
    /// The gain in PSNR of each of the points that are tried alone, in dB.
    package let singleGains: [Double]
}
