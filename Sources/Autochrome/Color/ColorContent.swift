/// Whether a photograph is grey, toned in one hue or in colour.
///
/// In a toned print (sepia, selenium, cyanotype), as in a yellowed scan of one, the colour of a
/// pixel follows from its lightness. What is left of a* and b* when the mean of all pixels of
/// the same lightness is taken away is therefore noise there, and the picture's own colours in a
/// colour photograph.
package enum ColorContent: Sendable, Equatable {
    case grey
    case toned
    case colored

    /// The chroma under which a pixel counts as grey; JPEG's noise on grey lies below.
    static let greyChroma: Float = 3

    /// The share of pixels that may have more in a grey photograph.
    static let toleratedTone = 0.02

    /// The distance in a*b* from the tone beyond which a pixel has a colour of its own.
    static let ownColor: Float = 6

    /// The share of pixels that may have a colour of their own in a toned photograph: stains, a
    /// stamp, the edge of a mount.
    ///
    /// Of 32 old photographs the most stained has 5.4 %; of 200 in colour one has less than that.
    static let toleratedColor = 0.06

    /// Classifies a photograph by planes of any size, best of some hundred pixels a side.
    package init(_ planes: LabPlanes) {
        let (lightness, a, b) = (planes.lightness.values, planes.a.values, planes.b.values)
        let count = lightness.count
        let strays = zip(a, b).count {
            $0 * $0 + $1 * $1 > Self.greyChroma * Self.greyChroma
        }
        guard Double(strays) > Self.toleratedTone * Double(count) else {
            self = .grey
            return
        }
        let tone = Tone(planes)
        let colored = lightness.indices.count { index in
            let (toneA, toneB) = tone.color(at: lightness[index])
            let (da, db) = (a[index] - toneA, b[index] - toneB)
            return da * da + db * db > Self.ownColor * Self.ownColor
        }
        self = Double(colored) > Self.toleratedColor * Double(count) ? .colored : .toned
    }
}

/// The mean a*b* of a photograph's pixels at each lightness, in 20 steps of L*.
private struct Tone {
    private static let steps = 20
    private var sums = [(a: Float, b: Float, count: Float)](
        repeating: (0, 0, 0), count: Tone.steps)

    init(_ planes: LabPlanes) {
        for index in planes.lightness.values.indices {
            let step = Self.step(planes.lightness.values[index])
            sums[step].a += planes.a.values[index]
            sums[step].b += planes.b.values[index]
            sums[step].count += 1
        }
    }

    func color(at lightness: Float) -> (a: Float, b: Float) {
        let sum = sums[Self.step(lightness)]
        return (sum.a / max(sum.count, 1), sum.b / max(sum.count, 1))
    }

    private static func step(_ lightness: Float) -> Int {
        min(max(Int(lightness / 100 * Float(steps)), 0), steps - 1)
    }
}
