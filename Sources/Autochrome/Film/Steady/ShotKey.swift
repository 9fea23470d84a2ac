/// A frame of a shot of which the network was asked.
struct ShotKey: Sendable {
    /// Its number in the shot.
    let number: Int

    /// What the shot's memory said when it had seen this key.
    let colors: CellColors

    /// L* of its cells.
    let lightness: Plane

    /// How colourful the network's own prediction of this key is, as far as sRGB shows it.
    let colorfulness: Float

    /// From the key before to this one; nil for the shot's first.
    let arriving: MotionField?
}
