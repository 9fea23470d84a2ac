internal import Autochrome

/// Summary of the processes' journals.
struct DatasetSurvey {
    private(set) var counts = PrepareCounts()
    private(set) var colors = ColorHistogram()
    private(set) var problems: [String] = []

    /// The places of photographs that look like earlier ones of other processes.
    private(set) var repeated: Set<Int> = []

    /// Their files, to be removed; empty for shards, which are packed without them.
    private(set) var superfluousFiles: [String] = []

    init(_ workspace: Workspace) throws(PrepareError) {
        var journals = try MergedJournals(workspace)
        var seen = RepeatIndex()
        // One process has found its own repeated photographs.
        let compares = workspace.identity.processes > 1
        while var (member, _) = try journals.next() {
            if compares, let fingerprint = member.fingerprint, seen.insert(fingerprint),
                let kept = member.kept
            {
                repeated.insert(member.index)
                if kept.offset == nil { superfluousFiles.append(kept.file) }
                (member.dropped, member.kept) = (.repeated, nil)
            }
            counts.add(member)
            if let kept = member.kept { colors.add(kept.colors) }
        }
        problems = journals.problems
    }

    /// The description without the photographs.
    func header(for workspace: Workspace) -> DatasetDescription {
        DatasetDescription(
            program: "Autochrome \(Version.current)", settings: workspace.identity.settings,
            sources: workspace.identity.sources, counts: counts, problems: problems,
            colors: .init(
                cells: ColorBins.centers.map { [Int($0.x), Int($0.y)] }, histogram: colors.counts,
                weights: ColorRebalancing.weights(ofCounts: colors.counts)),
            photographs: [])
    }
}
