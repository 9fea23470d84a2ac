/// The journals of all processes as one, in the order of the sources' files.
struct MergedJournals {
    private let journals: [JournalRecords]
    private var index = 0
    private var problemsBySource: [String: SourceProblem] = [:]

    init(_ workspace: Workspace) throws(PrepareError) {
        var journals: [JournalRecords] = []
        for rank in 0..<workspace.identity.processes {
            let path = workspace.journal(of: rank)
            guard let records = try JournalRecords(path) else { throw .damagedJournal(path) }
            journals.append(records)
        }
        self.journals = journals
    }

    /// The next file of the sources, and the process that dealt with it.
    ///
    /// Processes take the files in turn, so where one has no more, none has.
    mutating func next() -> (member: JournalRecord.Member, rank: Int)? {
        let rank = index % journals.count
        while let (record, _) = journals[rank].next() {
            if let problem = record.problem { note(problem) }
            guard let member = record.member else { continue }
            index += 1
            return (member, rank)
        }
        for journal in journals {
            while let (record, _) = journal.next() {
                if let problem = record.problem { note(problem) }
            }
        }
        return nil
    }

    /// The problems met so far, in the order of the sources' files.
    ///
    /// Where an archive is cut short, the process that was to take the file there tells it first,
    /// the others when they want to go on.
    var problems: [String] {
        problemsBySource.values
            .sorted { ($0.at, $0.source) < ($1.at, $1.source) }
            .map { "\($0.source): \($0.text)." }
    }

    private mutating func note(_ problem: SourceProblem) {
        if let known = problemsBySource[problem.source], known.at <= problem.at { return }
        problemsBySource[problem.source] = problem
    }
}
