/// Photographs of an epoch and their frequency, if a recipe samples some kinds more often
/// than others.
struct Mixture: Sendable, Equatable {
    /// Where each photograph's part of an epoch ends, in photographs; nil takes each once.
    private let ends: [Double]?
    private let seed: UInt64
    /// Photographs an epoch.
    let count: Int

    /// - Parameters:
    ///   - names: of the photographs, as their paths in the data set
    ///   - shares: how often photographs whose names begin so are taken, beside the others' 1: the
    ///     whole path, the name without the folders and archive it lies in, or of a prepared
    ///     photograph what it was called before. The longest beginning counts
    /// - Throws: `TrainingError.data` for a beginning that no photograph has
    init(
        of names: [String], shares: [String: Double], seed: UInt64
    ) throws(TrainingError) {
        self.seed = seed
        for beginning in shares.keys.sorted() where !names.contains(where: beginning.isStart(of:)) {
            throw .data(
                "The recipe's sampling has the prefix \"\(beginning)\", and the "
                    + "data set has none.")
        }
        // Of two of one length always the same.
        let ordered = shares.sorted {
            ($1.key.utf8.count, $0.key) < ($0.key.utf8.count, $1.key)
        }
        let wanted = names.map { name in
            ordered.first { $0.key.isStart(of: name) }?.value ?? 1
        }
        let sum = wanted.reduce(0, +)
        count = Int(sum)
        guard !shares.isEmpty else {
            ends = nil
            return
        }
        var end = 0.0
        ends = wanted.map {
            end += $0 * Double(Int(sum)) / max(sum, 1)
            return end
        }
    }

    /// The places of an epoch's photographs, in the order of names: systematic sampling, so that
    /// a share of 0.5 takes one half in one epoch and, as chance wills, the other in another.
    func places(ofEpoch epoch: Int) -> [Int] {
        guard let ends else { return Array(0..<count) }
        var generator = SeededGenerator(seed, 4, UInt64(epoch))
        let offset = generator.uniform()
        var (places, place) = ([Int](), 0)
        places.reserveCapacity(count)
        for number in 0..<count {
            while place < ends.count - 1, ends[place] <= Double(number) + offset { place += 1 }
            places.append(place)
        }
        return places
    }
}

extension String {
    fileprivate func isStart(of name: String) -> Bool {
        name.utf8.starts(with: utf8)
            || PhotoSource.commonName(of: name).utf8.starts(with: utf8)
            || PhotoName.original(in: name)?.starts(with: utf8) == true
    }
}
