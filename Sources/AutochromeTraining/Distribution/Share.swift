/// Share of a list of inputs that this process takes.
///
/// Launchers tell a process its place: torchrun by `RANK` and `WORLD_SIZE`, Slurm by
/// `SLURM_PROCID` and `SLURM_NTASKS`; a Kubernetes indexed job gives `JOB_COMPLETION_INDEX`, and
/// its size must then stand in `WORLD_SIZE`.
package struct Share: Sendable, Equatable {
    /// This process's place, 0..<count.
    package let rank: Int

    /// Number of processes that share the list.
    package let count: Int

    /// The whole list, for one process.
    package static let whole = Share(rank: 0, count: 1)

    private init(rank: Int, count: Int) {
        self.rank = rank
        self.count = count
    }

    /// Reads the launcher's variables; without any of them the process takes the whole.
    package init(environment: [String: String]) throws(ShareError) {
        let pairs = [
            ("RANK", "WORLD_SIZE"), ("JOB_COMPLETION_INDEX", "WORLD_SIZE"),
            ("SLURM_PROCID", "SLURM_NTASKS"),
        ]
        guard let (rankName, countName) = pairs.first(where: { environment[$0.0] != nil }) else {
            self = .whole
            return
        }
        guard
            let rank = environment[rankName].flatMap(Int.init),
            let count = environment[countName].flatMap(Int.init),
            count > 0, (0..<count).contains(rank)
        else {
            throw ShareError(
                rankName: rankName, rank: environment[rankName],
                countName: countName, count: environment[countName])
        }
        self.init(rank: rank, count: count)
    }

    /// Every `count`th element, from the `rank`th on.
    package func of<Element>(_ list: [Element]) -> [Element] {
        stride(from: rank, to: list.count, by: count).map { list[$0] }
    }
}

/// A launcher's variables that do not fit each other.
package struct ShareError: Error, CustomStringConvertible {
    let rankName: String
    let rank: String?
    let countName: String
    let count: String?

    package var description: String {
        "\(rankName) is \(rank ?? "not set") and \(countName) is \(count ?? "not set"); "
            + "the first must be a number from 0 to below the second. Set both, or neither."
    }
}
