internal import Autochrome
internal import Dispatch
package import SystemPackage

/// Makes a data set of photographs to train on, out of folders and archives.
///
/// One thread reads the sources, others make squares of the photographs, and the caller's thread
/// takes the results in the sources' order, leaves out repeated ones, and puts the rest away. So
/// the data set is the same however many there are.
package struct PrepareRun: Sendable {
    /// Progress.
    package struct Status: Sendable {
        /// Counts of kept and dropped files.
        package let counts: PrepareCounts
        /// Finished fraction of the work, 0...1.
        package let fraction: Double
    }

    /// Outcome.
    package enum Outcome: Sendable {
        /// The data set is done now.
        case done(DatasetDescription)
        /// The data set was done before, by the same command.
        case wasDone(DatasetDescription)
        /// This process's part is done, and others are at work on theirs.
        case partDone(PrepareCounts)
    }

    private let sources: [PrepareSource]
    private let settings: PrepareSettings
    private let share: Share
    private let workers: Int
    private let workspace: Workspace

    /// - Parameters:
    ///   - sources: from `PrepareSource.resolve`.
    ///   - dataset: the folder to make, or to resume.
    ///   - share: which part of the sources' files this process takes.
    ///   - workers: how many photographs are worked on at once.
    package init(
        sources: [PrepareSource], dataset: FilePath, settings: PrepareSettings, share: Share,
        workers: Int
    ) {
        (self.sources, self.settings, self.share) = (sources, settings, share)
        self.workers = workers
        workspace = Workspace(
            dataset: dataset,
            identity: Workspace.Identity(
                settings: settings,
                sources: sources.map {
                    .init(name: SourceName($0.name).text, bytes: $0.isFolder ? nil : $0.size)
                },
                processes: share.count))
    }

    /// Does the work that is left to do; the calling thread is busy with it.
    ///
    /// - Parameter tell: called after each file of the sources.
    /// - Throws: `PrepareError`; finished work is kept, and the same call resumes.
    package func run(_ tell: (Status) -> Void) throws(PrepareError) -> Outcome {
        if let done = try workspace.begin() { return .wasDone(done) }
        let lock = try workspace.lock("lock-\(share.rank)", waits: false)
        var part = try PreparedPart(workspace, share: share)
        if !part.isDone {
            PhotoSquare.keepMemory()
            try prepare(&part, tell)
        }
        let counts = part.counts
        lock.release()
        let assembly = DatasetAssembly(workspace, of: sources.compactMap(\.paths.first))
        guard let done = try assembly.assemble() else {
            return .partDone(counts)
        }
        return .done(done)
    }

    private func prepare(
        _ part: inout PreparedPart, _ tell: (Status) -> Void
    ) throws(PrepareError) {
        let line = Line(count: 16 + 8 * workers, cost: 128 << 20)
        let known = part.namesBefore
        let total = sources.reduce(0) { $0 + $1.bytesInAll(excluding: workspace.dataset) }
        startReading(into: line, known: known)
        startWorkers(on: line)
        defer { line.stop() }
        while let result = line.result() {
            let item = try result.get()
            try part.take(item.event)
            let read = Double(item.bytesTaken) / Double(max(total, 1))
            let looked = settings.limit.map { Double(part.counts.files * share.count) / Double($0) }
            tell(Status(counts: part.counts, fraction: min(max(read, looked ?? 0), 1)))
        }
        try part.finish()
    }
}

extension PrepareRun {
    /// Something on its way, with how many bytes of the sources are behind it.
    struct Item<Event: Sendable>: Sendable {
        let event: Event
        let bytesTaken: Int
    }

    /// Outcome of a file of the sources.
    enum Finding: Sendable {
        case photograph(PhotoPreparation.Result)
        case problem(SourceProblem)
    }

    private typealias Line = Conveyor<
        Result<Item<SourceEvent>, PrepareError>, Result<Item<Finding>, PrepareError>
    >

    /// Files that were dealt with before are passed over, if they are still what they were.
    private func startReading(into line: Line, known: [UInt64]) {
        let (share, dataset) = (share, workspace.dataset)
        let (sources, settings) = (sources, settings)
        DispatchQueue(label: "sources").async {
            let selection = SourceReader.Selection(settings: settings) {
                (index, source) throws(PrepareError) in
                guard index % share.count == share.rank else { return false }
                let place = index / share.count
                guard place < known.count else { return true }
                guard known[place] == source.hash else {
                    throw .sourcesChanged(dataset, what: "\(source.text) is new")
                }
                return false
            } take: { event, bytes in
                line.put(.success(Item(event: event, bytesTaken: bytes)), cost: event.cost)
            }
            do throws(PrepareError) {
                var reader = SourceReader(selection, excluding: dataset)
                let count = try reader.read(sources)
                if (count + share.count - 1 - share.rank) / share.count < known.count {
                    throw .sourcesChanged(dataset, what: "they contain fewer files")
                }
            } catch {
                _ = line.put(.failure(error), cost: 0)
            }
            line.end()
        }
    }

    private func startWorkers(on line: Line) {
        let preparation = PhotoPreparation(settings)
        for index in 0..<workers {
            DispatchQueue(label: "preparation \(index)").async {
                while let (order, input) = line.next() {
                    line.give(
                        input.flatMap { item in Self.work(on: item, preparation) }, order: order)
                }
            }
        }
    }

    private static func work(
        on item: Item<SourceEvent>, _ preparation: PhotoPreparation
    ) -> Result<Item<Finding>, PrepareError> {
        switch item.event {
        case .problem(let problem):
            return .success(Item(event: .problem(problem), bytesTaken: item.bytesTaken))
        case .member(let member):
            return Result { () throws(PhotoError) in try preparation.prepare(member) }
                .map { Item(event: .photograph($0), bytesTaken: item.bytesTaken) }
                .mapError { .library($0) }
        }
    }
}

extension SourceEvent {
    /// The bytes it holds in memory.
    fileprivate var cost: Int {
        guard case .member(let member) = self, case .bytes(let bytes) = member.content else {
            return 0
        }
        return bytes.count
    }
}
