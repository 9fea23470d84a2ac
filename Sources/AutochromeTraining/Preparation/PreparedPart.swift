internal import Autochrome

/// A process's part of a data set, as it grows: its journal, its photographs, and what it must
/// remember of them.
struct PreparedPart: ~Copyable {
    private let journal: Journal
    private var store: any PhotoStore
    private var notes: Notes

    /// The hashes of the names of the files that were dealt with before, in their order.
    let namesBefore: [UInt64]

    /// Counts of the files so far.
    var counts: PrepareCounts { notes.counts }

    /// Whether nothing is left to do.
    private(set) var isDone: Bool

    /// Takes up the part where it was left. Photographs that are no longer as they were put, as
    /// after a failure of the machine, are prepared again, with all that came after them.
    init(_ workspace: Workspace, share: Share) throws(PrepareError) {
        let path = workspace.journal(of: share.rank)
        var notes = Notes()
        var store = workspace.store(of: share.rank)
        let isDone = Journal.hasEnd(path)
        try Journal.read(path) { (record, end) throws(PrepareError) in
            if !isDone, let kept = record.member?.kept, !store.holds(kept) { return false }
            notes.add(record, end: end)
            return true
        }
        if !isDone { try store.reopen(after: notes.last) }
        journal = try Journal(path, keeping: notes.length)
        (self.store, self.notes, self.isDone) = (store, notes, isDone)
        namesBefore = notes.names
    }

    /// Puts a photograph away unless it is repeated, and notes what became of it.
    mutating func take(_ finding: PrepareRun.Finding) throws(PrepareError) {
        switch finding {
        case .problem(let problem):
            // Passing over what was done before may end in the same problem once more.
            guard notes.problems.insert(problem.source).inserted else { return }
            try journal.append(JournalRecord(problem: problem))
        case .photograph(let result):
            let member = try member(of: result)
            try journal.append(JournalRecord(member: member))
            notes.counts.add(member)
        }
    }

    /// Notes that the part is done.
    mutating func finish() throws(PrepareError) {
        try store.finish()
        try journal.append(JournalRecord(isEnd: true))
        isDone = true
    }

    private mutating func member(
        of result: PhotoPreparation.Result
    ) throws(PrepareError) -> JournalRecord.Member {
        var member = JournalRecord.Member(index: result.index, name: result.source.hash)
        switch result.outcome {
        case .dropped(let reason): member.dropped = reason
        case .prepared(let photograph):
            member.fingerprint = photograph.fingerprint
            if let fingerprint = photograph.fingerprint, notes.repeats.insert(fingerprint) {
                member.dropped = .repeated
            } else {
                member.kept = try put(photograph, result)
            }
        }
        return member
    }

    private mutating func put(
        _ photograph: PhotoPreparation.Prepared, _ result: PhotoPreparation.Result
    ) throws(PrepareError) -> KeptPhotograph {
        let place = try store.put(
            photograph.jpeg, index: result.index,
            name: PhotoName.name(index: result.index, source: result.source))
        return KeptPhotograph(
            file: place.file, offset: place.offset, bytes: photograph.jpeg.count,
            source: result.source.text, side: photograph.side,
            sourceWidth: photograph.sourceWidth, sourceHeight: photograph.sourceHeight,
            isCMYK: photograph.isCMYK, colors: photograph.colors)
    }
}

extension PreparedPart {
    /// Summary of the journal's records.
    private struct Notes {
        var names: [UInt64] = []
        var counts = PrepareCounts()
        var repeats = RepeatIndex()
        var problems: Set<String> = []
        var last: KeptPhotograph?
        var length = 0

        mutating func add(_ record: JournalRecord, end: Int) {
            if let member = record.member {
                names.append(member.name)
                counts.add(member)
                if let fingerprint = member.fingerprint { _ = repeats.insert(fingerprint) }
                last = member.kept ?? last
            }
            if let problem = record.problem { problems.insert(problem.source) }
            length = end
        }
    }
}
