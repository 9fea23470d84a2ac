import Autochrome
import SystemPackage

/// Photographs and films to colour, with the path of each result.
///
/// - `photo.jpg` alone gives `photo.color.jpg` beside it, `film.mp4` gives `film.color.mp4`;
/// - `-o OUT` is a folder that takes the photographs under their own names, those of an input
///   folder under their paths within it;
/// - one photograph and an OUT that ends in a photograph's extension name the result itself.
struct ColorizePlan {
    /// One photograph or film and its result.
    struct Job {
        let input: FilePath
        let output: FilePath

        /// The format of the result, or nil for the photograph's own.
        let format: PhotoFormat?

        /// Named by the user, not found in a folder; such a one is coloured whatever it is.
        let isNamed: Bool

        var isFilm = false
    }

    private(set) var jobs: [Job] = []

    /// Inputs and folders that cannot be read.
    private(set) var failures: [Failure] = []

    private let destination: Destination
    /// The format that `--format` or the result's name asks for; nil for each photograph's own.
    let format: PhotoFormat?
    private let codec: FilmCodec

    /// - Parameters:
    ///   - inputs: files and folders.
    ///   - output: `-o` as it was typed, if given.
    ///   - format: `--format`, if given.
    ///   - codec: `--codec`, which has a say in films' names.
    /// - Throws: `PlanError` when two photographs would give one result, a result would replace a
    ///   photograph that is to be coloured, or results would go among those of an input folder.
    init(
        inputs: [FilePath], output: String?, format: PhotoFormat?, codec: FilmCodec = .h264
    ) throws(PlanError) {
        self.codec = codec
        destination = try Destination(output, inputs: inputs, format: format)
        self.format = format ?? destination.format
        if let folder = inputs.first(where: destination.isFolder) { throw .folderIsInput(folder) }
        let found = FoundPhotographs(
            inputs, excluding: destination.identities, takesFilms: true)
        failures = found.failures
        for photograph in found.photographs where !isResult(photograph) {
            add(photograph.path, below: photograph.folder)
        }
        for film in found.films where !isResult(film) { addFilm(film.path, below: film.folder) }
        if case .file(let path) = destination, let job = jobs.first,
            job.isFilm != FilmName.isFilm(path.fileExtension)
        {
            throw .kindsDisagree(job.input, path)
        }
        try dropResults()
    }

    /// Whether a folder holds it as the result of an earlier run.
    private func isResult(_ photograph: FoundPhotographs.Photograph) -> Bool {
        guard case .beside = destination, photograph.folder != nil else { return false }
        return ResultName.isResult(photograph.path)
    }

    private mutating func add(_ input: FilePath, below folder: FilePath?) {
        let output =
            switch destination {
            case .file(let path): path
            case .beside: renamed(input, mark: ".\(ResultName.mark)")
            case .folder(let path): renamed(path.appending(input.components(below: folder)))
            }
        jobs.append(
            Job(input: input, output: output, format: self.format, isNamed: folder == nil))
    }

    private mutating func addFilm(_ input: FilePath, below folder: FilePath?) {
        let ending = ".\(FilmName.resultExtension(for: input.fileExtension, codec))"
        let output =
            switch destination {
            case .file(let path): path
            case .beside: input.replacingExtension(with: ".\(ResultName.mark)\(ending)")
            case .folder(let path):
                path.appending(input.components(below: folder)).replacingExtension(with: ending)
            }
        jobs.append(
            Job(input: input, output: output, format: nil, isNamed: folder == nil, isFilm: true))
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

    /// Drops named inputs that are results of others, or parts of those (`autochrome *.jpg`, run a
    /// second time), and sees to it that every result is one photograph's alone and no photograph
    /// itself.
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
            let whole = ResultName.whole(ofPart: job.input).map { canonical.of($0) } ?? input
            let isResult = inputOfOutput[whole].map { canonical.of($0) != input } ?? false
            return seen.insert(input).inserted && !isResult
        }
        for job in jobs where canonical.of(job.output) == canonical.of(job.input) {
            throw .resultIsInput(job.input)
        }
        if case .beside = destination, let part = jobs.first(where: \.isPartOfResult) {
            throw .partOfFilm(part.input)
        }
    }
}

extension ColorizePlan.Job {
    /// Whether it is what an interruption left of a film, by its name.
    fileprivate var isPartOfResult: Bool {
        ResultName.whole(ofPart: input) != nil && ResultName.isResult(input)
    }
}
