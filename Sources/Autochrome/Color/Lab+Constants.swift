extension Lab {
    /// The constants of the definition, in the precision that is asked for.
    enum Constants<Number: BinaryFloatingPoint & ExpressibleByFloatLiteral> {
        /// Up to this t, f(t) is a straight line.
        @inline(__always) static var linearLimit: Number { 0.008856 }

        /// f of that.
        @inline(__always) static var linearLimitOfF: Number { 0.2068966 }

        /// The line's slope.
        @inline(__always) static var slope: Number { 7.787 }

        /// f(0).
        @inline(__always) static var offset: Number { 16 / 116 }

        /// L* = lightnessScale f(Y) - lightnessOffset.
        @inline(__always) static var lightnessScale: Number { 116 }
        @inline(__always) static var lightnessOffset: Number { 16 }

        /// Factors of a* and b* for a difference of f.
        @inline(__always) static var aScale: Number { 500 }
        @inline(__always) static var bScale: Number { 200 }

        /// White point, D65 and 2 degrees (ASTM E308): X and Z for Y = 1.
        @inline(__always) static var white: (x: Number, z: Number) { (0.95047, 1.08883) }

        /// The rows of the matrix that takes linear sRGB to X, Y and Z.
        @inline(__always) static var x: (r: Number, g: Number, b: Number) {
            (0.412453, 0.357580, 0.180423)
        }
        @inline(__always) static var y: (r: Number, g: Number, b: Number) {
            (0.212671, 0.715160, 0.072169)
        }
        @inline(__always) static var z: (r: Number, g: Number, b: Number) {
            (0.019334, 0.119193, 0.950227)
        }
    }
}
