import Autochrome
import SystemPackage

/// Which photographs are to be coloured, and where each result goes.
///
/// - `photo.jpg` alone gives `photo.color.jpg` beside it;
/// - `-o OUT` is a folder that takes the photographs under their own names, those of an input
///   folder under their paths within it;
/// - one photograph and an OUT that ends in a photograph's extension name the result itself.
struct ColorizePlan {
    /// One photograph and its result.
    struct Job {
        let input: FilePath
        let output: FilePath

        /// The format of the result, or nil for the photograph's own.
        let format: PhotoFormat?

        /// Named by the user, not found in a folder; such a one is coloured whatever it is.
        let isNamed: Bool
    }

    private(set) var jobs: [Job] = []

    /// Inputs and folders that cannot be read.
    private(set) var failures: [Failure] = []

    private let destination: Destination
    private let format: PhotoFormat?

    /// The word before the extension of a result beside its photograph.
    private static let mark = "color"

    /// - Parameters:
    ///   - inputs: files and folders.
    ///   - output: `-o` as it was typed, if given.
    ///   - format: `--format`, if given.
    /// - Throws: `PlanError` when two photographs would give one result, or a result would
    ///   replace a photograph that is to be coloured.
    init(inputs: [FilePath], output: String?, format: PhotoFormat?) throws(PlanError) {
        destination = try Destination(output, inputs: inputs, format: format)
        self.format = format ?? destination.format
        let found = FoundPhotographs(inputs, excluding: destination.identities)
        failures = found.failures
        for photograph in found.photographs where !isResult(photograph) {
            add(photograph.path, below: photograph.folder)
        }
        try dropResults()
    }

    /// Whether a folder holds it as the result of an earlier run.
    private func isResult(_ photograph: FoundPhotographs.Photograph) -> Bool {
        guard case .beside = destination, photograph.folder != nil else { return false }
        return photograph.path.replacingExtension(with: "").fileExtension == Self.mark
    }

    private mutating func add(_ input: FilePath, below folder: FilePath?) {
        let output =
            switch destination {
            case .file(let path): path
            case .beside: renamed(input, mark: ".\(Self.mark)")
            case .folder(let path): renamed(path.appending(input.components(below: folder)))
            }
        jobs.append(
            Job(input: input, output: output, format: self.format, isNamed: folder == nil))
    }

    /// The path with the mark before its extension, and with the extension of the format asked
    /// for unless the file's own already says that.
    private func renamed(_ path: FilePath, mark: String = "") -> FilePath {
        var ending = path.fileExtension.map { ".\($0)" } ?? ""
        if let format, path.fileExtension.flatMap(PhotoFormat.init(fileExtension:)) != format {
            ending = ".\(format.fileExtension)"
        }
        return path.replacingExtension(with: mark + ending)
    }

    /// Drops named inputs that are results of others (`autochrome *.jpg`, run a second time), and
    /// sees to it that every result is one photograph's alone and no photograph itself.
    private mutating func dropResults() throws(PlanError) {
        var canonical = CanonicalPaths()
        let outputs = jobs.map { canonical.of($0.output) }
        var inputOfOutput: [FilePath: FilePath] = [:]
        for (job, output) in zip(jobs, outputs) {
            let other = inputOfOutput.updateValue(job.input, forKey: output)
            if let other, canonical.of(other) != canonical.of(job.input) {
                throw .oneResult(of: other, and: job.input, job.output)
            }
        }
        var seen: Set<FilePath> = []
        jobs = jobs.filter { job in
            let input = canonical.of(job.input)
            let isResult = inputOfOutput[input].map { canonical.of($0) != input } ?? false
            return seen.insert(input).inserted && !isResult
        }
        for job in jobs where canonical.of(job.output) == canonical.of(job.input) {
            throw .resultIsInput(job.input)
        }
    }
}
