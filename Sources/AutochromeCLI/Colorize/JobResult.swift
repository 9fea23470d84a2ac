import Autochrome
import SystemPackage

/// What became of one photograph or film of a batch.
enum JobResult: Sendable {
    case done(Colorizer.Outcome)
    case failed(String)

    /// Nothing can be coloured at all, for this reason.
    case stopped(String)

    /// What there is to say on standard error.
    var problem: String? {
        switch self {
        case .done(.colored(let warnings)) where !warnings.isEmpty: warnings.joined(separator: "\n")
        case .done: nil
        case .failed(let reason), .stopped(let reason): reason
        }
    }

    /// Whether there is a new result to name.
    var isColored: Bool { if case .done(.colored) = self { true } else { false } }
}

extension ColorizePlan.Job {
    /// Does the work, unless its result is there and is kept.
    func result(
        overwrite: Bool, _ color: () async throws -> Colorizer.Outcome
    ) async -> JobResult {
        do {
            let kind = FileFacts.kind(of: output)
            if kind == .folder {
                return .failed("\(input): its result would be \(output), a folder; move that away.")
            }
            if !overwrite, kind != nil { return .done(.kept) }
            try output.removingLastComponent().makeFolders()
            return .done(try await color())
        } catch let error as LazyNetwork.Missing {
            return .stopped("\(error)")
        } catch let error as TensorError {
            return .failed("\(input): \(error)")
        } catch {
            return .failed("\(error)")
        }
    }
}
