import ArgumentParser
import AutochromeTraining

extension PrepareSettings.Crop: ExpressibleByArgument {}

/// The options of `prepare`.
struct PrepareArguments: ParsableArguments {
    @Option(help: "Side of the squares in pixels, 16 to 8192. Photographs are not enlarged.")
    var size = 512

    @Option(help: "Position of the crop (default: center).")
    var crop: PrepareSettings.Crop?

    @Option(help: "Minimum shorter side of a photograph in pixels (default: 128).")
    var minSide: Int?

    @Option(help: "Number of photographs processed at once (default: one per core).")
    var workers: Int?

    @Option(help: "Read only this many files of the sources.")
    var limit: Int?

    @Option(help: "Write WebDataset tar shards of this many MiB instead of single files.")
    var shards: Int?

    @Flag(help: "Read all photo formats, not JPEG alone.")
    var anyFormat = false

    @Flag(help: "Keep near-duplicates.")
    var keepDuplicates = false

    @Flag(
        help: """
            Follow the article: JPEGs of more than one channel, scaled bilinearly up or down, \
            the upper left square, quality 75.
            """)
    var article = false

    @Flag(help: "Write the counts as JSON to standard output.")
    var json = false

    func validate() throws {
        try check(size, "--size", 16...8192, "pixels")
        if let minSide { try check(minSide, "--min-side", 1...65_535, "pixels") }
        if let workers { try check(workers, "--workers", 1...1024, "photographs at once") }
        if let limit { try check(limit, "--limit", 1...Int.max, "files") }
        if let shards { try check(shards, "--shards", 1...1_000_000, "MiB") }
        let decided: [(String, Bool)] = [
            ("--crop", crop != nil), ("--min-side", minSide != nil), ("--any-format", anyFormat),
            ("--keep-duplicates", keepDuplicates),
        ]
        if article, let option = decided.first(where: \.1)?.0 {
            throw ValidationError("--article decides what \(option) says; leave one of them out.")
        }
    }

    private func check(
        _ value: Int, _ option: String, _ range: ClosedRange<Int>, _ unit: String
    ) throws {
        guard !range.contains(value) else { return }
        let end = range.upperBound == Int.max ? "on" : "to \(range.upperBound)"
        throw ValidationError(
            "\(option) is \(value); it goes from \(range.lowerBound) \(end) \(unit).")
    }

    /// The library's settings.
    var settings: PrepareSettings {
        var settings = article ? PrepareSettings.articles : PrepareSettings()
        settings.size = size
        settings.crop = crop ?? settings.crop
        settings.minSide = minSide ?? settings.minSide
        settings.anyFormat = anyFormat
        settings.keepDuplicates = settings.keepDuplicates || keepDuplicates
        settings.limit = limit
        settings.shards = shards
        return settings
    }

    /// One worker a core, shared with the launcher's other processes on this machine.
    func workerCount(cores: Int, environment: [String: String]) -> Int {
        let processes = environment["LOCAL_WORLD_SIZE"].flatMap { Int($0) } ?? 1
        return workers ?? max(1, cores / max(1, processes))
    }
}
