import Foundation

/// How tests wait for what other processes do: with an end, so that they fail rather than hang.
enum Patience {
    /// What has not come about.
    struct Exhausted: Error {
        let what: String
    }

    /// Waits until a condition holds, for two minutes or a little more.
    ///
    /// - Throws: `Exhausted` when it still does not hold, and what `condition` throws.
    static func wait(for what: String, until condition: () throws -> Bool) throws {
        for _ in 0..<6000 {
            if try condition() { return }
            usleep(20_000)
        }
        throw Exhausted(what: what)
    }
}
