/// A picture in CIELAB: three planes of one size.
package struct LabPlanes: Sendable {
    /// L*, 0...100.
    package let lightness: Plane

    /// a*, from green to red.
    package let a: Plane

    /// b*, from blue to yellow.
    package let b: Plane

    /// A picture of these planes, which are of one size.
    package init(lightness: Plane, a: Plane, b: Plane) {
        self.lightness = lightness
        self.a = a
        self.b = b
    }
}
