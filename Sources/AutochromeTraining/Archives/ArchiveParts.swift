/// The names of an archive's parts as `split` gives them: `train.tar.aa`, `train.tar.ab`, ...,
/// or `train.zip.001`, `train.zip.002`, ....
package enum ArchiveParts {
    /// The name of the whole, and what tells this part from the others; nil for a name without
    /// such an ending.
    package static func split(_ name: [UInt8]) -> (whole: [UInt8], ending: [UInt8])? {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return nil }
        let ending = Array(name[(dot + 1)...])
        guard ending.count >= 2, ending.allSatisfy(isLetter) || ending.allSatisfy(isDigit) else {
            return nil
        }
        return (Array(name[..<dot]), ending)
    }

    /// Whether an ending is that of a first part: all `a`, or 0 or 1 with zeros before it.
    package static func isFirst(_ ending: [UInt8]) -> Bool {
        ending.allSatisfy { $0 == UInt8(ascii: "a") }
            || ending.dropLast().allSatisfy { $0 == UInt8(ascii: "0") }
                && (ending.last == UInt8(ascii: "0") || ending.last == UInt8(ascii: "1"))
    }

    /// The endings that may follow one, the likelier first.
    ///
    /// Before its letters run out `split` takes two more: `yz` is followed by `zaaa`.
    package static func followers(of ending: [UInt8]) -> [[UInt8]] {
        let (first, last): (UInt8, UInt8) =
            isDigit(ending[0])
            ? (UInt8(ascii: "0"), UInt8(ascii: "9")) : (UInt8(ascii: "a"), UInt8(ascii: "z"))
        guard let place = ending.lastIndex(where: { $0 != last }) else { return [] }
        var next = ending
        next[place] += 1
        for after in next.indices where after > place { next[after] = first }
        let widens = next[0] == last && ending[0] != last
        let tail = next.dropFirst().allSatisfy { $0 == first }
        let wider = [last] + [UInt8](repeating: first, count: next.count + 1)
        return widens && tail ? [next, wider] : [next]
    }

    /// The parts that follow the first of `names`' part `first`, itself at the beginning; one
    /// name alone where none follows.
    package static func run(from first: [UInt8], in names: Set<[UInt8]>) -> [[UInt8]] {
        guard let (whole, start) = split(first), isFirst(start) else { return [first] }
        var (run, ending) = ([first], start)
        while let next = followers(of: ending).first(where: { names.contains(whole + [0x2E] + $0) })
        {
            run.append(whole + [0x2E] + next)
            ending = next
        }
        return run
    }

    /// Whether an ending says by what the whole is compressed, as in `train.tar.xz`, rather than
    /// which part it is.
    package static func isCompression(_ ending: [UInt8]) -> Bool {
        let names = ["br", "bz", "gz", "grz", "lrz", "lz", "lzma", "lzo", "sz", "xz", "zst", "zz"]
        return names.contains { $0.utf8.elementsEqual(ending) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
