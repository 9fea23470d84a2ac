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
    ///
    /// - Throws: `PrepareError.damagedJournal` for a journal that lacks a file or its end: a data
    ///   set made of it would be short, and nothing would tell.
    mutating func next() throws(PrepareError) -> (member: JournalRecord.Member, rank: Int)? {
        let rank = index % journals.count
        let damage = PrepareError.damagedJournal(journals[rank].path)
        if let member = try nextMember(of: rank) {
            guard member.index == index else { throw damage }
            index += 1
            return (member, rank)
        }
        for other in journals.indices where other != rank {
            guard try nextMember(of: other) == nil else { throw damage }
        }
        return nil
    }

    /// The next file that a process dealt with; nil where its journal tells that its part is done.
    private mutating func nextMember(
        of rank: Int
    ) throws(PrepareError) -> JournalRecord.Member? {
        while let (record, _) = try journals[rank].next() {
            if let problem = record.problem { note(problem) }
            if let member = record.member { return member }
            if record.isEnd == true { return nil }
        }
        throw .damagedJournal(journals[rank].path)
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
