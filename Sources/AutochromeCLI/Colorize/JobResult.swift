import Autochrome
import SystemPackage

/// Outcome of one photograph or film of a batch.
enum JobResult: Sendable {
    case done(Colorizer.Outcome)

    /// The result is there and was kept, though it was made from other hints than there are now.
    case outdated(FilePath)

    case failed(String)

    /// Nothing can be coloured at all, for this reason.
    case stopped(String)

    /// Message for standard error.
    var problem: String? {
        switch self {
        case .done(.colored(let warnings)) where !warnings.isEmpty: warnings.joined(separator: "\n")
        case .done: nil
        case .outdated(let output):
            "\(output): made from other hints than the present ones; --overwrite replaces it."
        case .failed(let reason), .stopped(let reason): reason
        }
    }

    /// Whether there is a new result to name.
    var isColored: Bool { if case .done(.colored) = self { true } else { false } }
}

extension ColorizePlan.Job {
    /// Does the work, unless its result is there and is kept.
    ///
    /// - Parameters:
    ///   - overwrite: whether a result that is there is replaced.
    ///   - given: the hints and palettes of the batch.
    ///   - color: does the work with the hints and palette of this photograph or film.
    func result(
        overwrite: Bool, given: GivenHints,
        _ color: (GivenHints.Choice) async throws -> Colorizer.Outcome
    ) async -> JobResult {
        do {
            let kind = FileFacts.kind(of: output)
            if kind == .folder {
                return .failed("\(input): its result would be \(output), a folder; move it.")
            }
            let choice = try given.choice(for: input, isFilm: isFilm)
            if !overwrite, kind != nil {
                return isOutdated(choice) ? .outdated(output) : .done(.kept)
            }
            try output.removingLastComponent().makeFolders()
            return .done(told(choice, try await color(choice)))
        } catch let error as LazyNetwork.Missing {
            return .stopped("\(error)")
        } catch let error as TensorError {
            return .failed("\(input): \(error)")
        } catch HintsError.notHeard(let model) {
            return .failed("\(input): \(HintsError.notHeard(model: model))")
        } catch {
            return .failed("\(error)")
        }
    }

    /// Whether the result, which is there, was made from other hints.
    private func isOutdated(_ choice: GivenHints.Choice) -> Bool {
        !isFilm && PhotoFile.hintsDigest(of: output) != choice.hints?.digest
    }

    /// The outcome, and which file of hints was taken.
    private func told(
        _ choice: GivenHints.Choice, _ outcome: Colorizer.Outcome
    ) -> Colorizer.Outcome {
        guard case .colored(let warnings) = outcome, let file = choice.file,
            let hints = choice.hints
        else { return outcome }
        return .colored(warnings: ["\(input): with \(hints.summary) of \(file)."] + warnings)
    }
}
