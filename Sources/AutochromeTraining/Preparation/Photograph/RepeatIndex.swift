/// The fingerprints seen so far, to be asked whether one looks the same as a new one.
///
/// Cut into one piece more than the bits that may differ, two fingerprints that match have a piece
/// alike, so only those with a piece in common are compared. It takes about 100 bytes a photograph.
package struct RepeatIndex {
    private static let pieces = Fingerprint.tolerance + 1
    /// 5 x 13 bits cover all 64.
    private static let width = 13

    private var fingerprints: [Fingerprint] = []

    /// The newest fingerprint with each value of each piece, and the one before it in turn; -1 for
    /// none.
    private var newest = [Int32](repeating: -1, count: pieces << width)
    private var older: [Int32] = []

    /// An index of no fingerprints.
    package init() {}

    /// Adds a fingerprint; returns whether a near-duplicate was there.
    ///
    /// One of a set of alike photographs is the first by their order alone, whichever of them are
    /// kept, so processes that each see a part agree.
    package mutating func insert(_ fingerprint: Fingerprint) -> Bool {
        var isRepeated = false
        for piece in 0..<Self.pieces {
            let slot = Self.slot(of: fingerprint, piece)
            var next = newest[slot]
            while next >= 0, !isRepeated {
                isRepeated = fingerprints[Int(next)].matches(fingerprint)
                next = older[Int(next) * Self.pieces + piece]
            }
            older.append(newest[slot])
            newest[slot] = Int32(fingerprints.count)
        }
        fingerprints.append(fingerprint)
        return isRepeated
    }

    private static func slot(of fingerprint: Fingerprint, _ piece: Int) -> Int {
        let bits = fingerprint.bits >> UInt64(width * piece) & (UInt64(1) << UInt64(width) - 1)
        return piece << width | Int(bits)
    }
}
