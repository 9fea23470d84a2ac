/// The fingerprints seen so far, to be asked whether one looks the same as a new one.
///
/// Two words of 64 bits that differ in at most three places have one of their four quarters alike,
/// so only fingerprints with a quarter in common are compared. It takes about 90 bytes a
/// photograph.
package struct RepeatIndex {
    private static let quarters = 4

    private var fingerprints: [Fingerprint] = []

    /// The newest fingerprint with each value of each quarter, and the one before it in turn; -1
    /// for none.
    private var newest = [Int32](repeating: -1, count: quarters << 16)
    private var older: [Int32] = []

    package init() {}

    /// Adds a fingerprint, and tells whether one that looks the same was there.
    ///
    /// One of a set of alike photographs is the first by their order alone, whichever of them are
    /// kept, so processes that each see a part agree.
    package mutating func insert(_ fingerprint: Fingerprint) -> Bool {
        var isRepeated = false
        for quarter in 0..<Self.quarters {
            let slot = Self.slot(of: fingerprint, quarter)
            var next = newest[slot]
            while next >= 0, !isRepeated {
                isRepeated = fingerprints[Int(next)].matches(fingerprint)
                next = older[Int(next) * Self.quarters + quarter]
            }
            older.append(newest[slot])
            newest[slot] = Int32(fingerprints.count)
        }
        fingerprints.append(fingerprint)
        return isRepeated
    }

    private static func slot(of fingerprint: Fingerprint, _ quarter: Int) -> Int {
        quarter << 16 | Int(fingerprint.bits >> (16 * quarter) & 0xFFFF)
    }
}
