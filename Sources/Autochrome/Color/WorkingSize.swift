/// The size at which the network sees a photograph.
///
/// The shorter side is scaled to the detail asked for, up or down, so that the same photograph
/// at two sizes is seen alike; the aspect ratio is kept, and the longer side is at most four
/// times the detail.
package struct WorkingSize: Sendable, Equatable {
    /// The scaled photograph's width in pixels.
    package let width: Int
    /// Its height.
    package let height: Int

    /// The multiple of 32 up to which the network's input is reflected out to the right.
    package var paddedWidth: Int { (width + 31) / 32 * 32 }
    /// The same below.
    package var paddedHeight: Int { (height + 31) / 32 * 32 }

    /// - Parameters:
    ///   - width: the photograph's own width, upright.
    ///   - height: its own height.
    ///   - detail: the shorter side wanted.
    package init(width: Int, height: Int, detail: Int) {
        let shorter = Double(min(width, height))
        let longer = Double(max(width, height))
        let scale = min(Double(detail) / shorter, 4 * Double(detail) / longer)
        self.width = max(1, Int((Double(width) * scale).rounded()))
        self.height = max(1, Int((Double(height) * scale).rounded()))
    }
}
