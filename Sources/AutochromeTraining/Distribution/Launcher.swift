package import Autochrome

/// Environment from launchers: torchrun by `RANK`, `WORLD_SIZE` and `LOCAL_RANK`, Slurm by
/// `SLURM_PROCID`, `SLURM_NTASKS` and `SLURM_LOCALID`, Kubernetes by `JOB_COMPLETION_INDEX`; all
/// with `MASTER_ADDR` and `MASTER_PORT`.
package struct Launcher: Sendable {
    /// Rank of this process and number of processes.
    package let share: Share
    /// Local rank: the number of this process on its machine, and of its GPU.
    package let localRank: Int
    /// Whether this is the process that speaks for all.
    package var isFirst: Bool { share.rank == 0 }
    private let environment: [String: String]

    /// - Throws: `TrainingError.options` where the variables do not fit each other.
    package init(environment: [String: String]) throws(TrainingError) {
        do {
            share = try Share(environment: environment)
        } catch {
            throw .options(error.description)
        }
        localRank =
            ["LOCAL_RANK", "SLURM_LOCALID"].compactMap { environment[$0].flatMap(Int.init) }.first
            ?? 0
        self.environment = environment
    }

    /// Where the processes meet; nil for one alone.
    ///
    /// torchrun's agent may keep the store itself, for all attempts; their keys must differ.
    ///
    /// - Parameter timeout: how long a process waits for the others, in seconds.
    /// - Throws: `TrainingError.options` if the place is not given.
    package func meeting(
        timeout: Double = Self.timeout
    ) throws(TrainingError) -> ProcessGroup.Meeting? {
        guard share.count > 1 else { return nil }
        guard let host = environment["MASTER_ADDR"], !host.isEmpty,
            let port = environment["MASTER_PORT"].flatMap(UInt16.init)
        else {
            throw .options(
                "\(share.count) processes work together, but MASTER_ADDR and MASTER_PORT are not "
                    + "set: the name of the machine of rank 0, and a free port.")
        }
        let isAgents = environment["TORCHELASTIC_USE_AGENT_STORE"]?.lowercased() == "true"
        let attempt = environment["TORCHELASTIC_RESTART_COUNT"] ?? "0"
        return ProcessGroup.Meeting(
            rank: share.rank, count: share.count, host: host, port: port,
            keepsStore: share.rank == 0 && !isAgents, prefix: "autochrome/\(attempt)",
            timeout: timeout)
    }

    /// In seconds. A process that dies closes its connections, which the others see at once; one
    /// that hangs or whose machine is gone is a failure after this time.
    package static let timeout = 50.0
}
