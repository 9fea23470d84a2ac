internal import Autochrome
internal import SystemPackage

/// The photographs of one or several data sets: files, or members of tar archives (WebDataset's
/// shards).
package struct PhotoSource: Sendable {
    /// Paths in their data set's folder; of a member the archive's path, `!`, and the name in it.
    package let names: [String]
    /// The cell weights of the loss, where there is one data set and `prepare` has counted them.
    package let colorWeights: [Float]?
    /// Where each photograph's bytes are, in the order of `names`.
    private let places: [Place]

    /// Where a photograph's bytes are.
    enum Place: Sendable {
        case file(String)
        case member(archive: String, offset: Int, count: Int)
    }

    /// The photographs of data sets: each a folder that `prepare` wrote, in its order; any folder
    /// of photographs and tar archives of photographs, by the bytes of their names; or a tar
    /// archive. Of photographs of one name, extension and folder aside, in several data sets the
    /// one of most pixels is taken.
    ///
    /// - Throws: `TrainingError.data` when nothing is there, or a data set that is not done or not
    ///   what `prepare` writes.
    package init(_ data: [String]) throws(TrainingError) {
        var sets: [PhotoSet] = []
        for path in data { sets.append(try PhotoSet(path)) }
        guard sets.count > 1 else {
            self.init(
                names: sets.flatMap(\.names), colorWeights: sets.first?.colorWeights,
                places: sets.flatMap(\.places))
            return
        }
        let all = PhotoSource(
            names: sets.flatMap(\.names), colorWeights: nil, places: sets.flatMap(\.places))
        let kept = all.withoutSmallerTwins(
            in: sets.flatMap { set in
                set.names.map { _ in set.path }
            })
        self.init(
            names: kept.map { all.names[$0] }, colorWeights: nil,
            places: kept.map { all.places[$0] })
    }

    private init(names: [String], colorWeights: [Float]?, places: [Place]) {
        (self.names, self.colorWeights, self.places) = (names, colorWeights, places)
    }

    /// Opens the photograph at `number` in `names`.
    func photograph(_ number: Int) throws(PhotoError) -> any ScalablePhoto {
        let name = names[number]
        switch places[number] {
        case .file(let path):
            return try PhotoFile(path: FilePath(path), maxPixels: 300_000_000)
        case .member(let archive, let offset, let count):
            let bytes: [UInt8]
            do {
                let file = try FileDescriptor.open(
                    FilePath(archive), .readOnly, options: .closeOnExec)
                bytes = try file.closeAfter { try file.bytes(at: offset, count: count) }
            } catch {
                throw .unreadable(file: name, reason: "\(error)")
            }
            guard bytes.count == count else {
                throw .damaged(file: name, detail: "the archive is truncated")
            }
            return try StoredPhoto(bytes, name: name)
        }
    }

    /// The photographs' sizes, read from their headers on all processors; nil for one that cannot
    /// be read. O(photographs).
    func sizes(of numbers: [Int]) -> [PhotoSize?] {
        let workers = TrainingSetup.workers
        let part = (numbers.count + workers - 1) / max(workers, 1)
        let ahead = ReadAhead(from: 0, workers: workers, depth: 1) { worker in
            numbers.dropFirst(worker * part).prefix(part).map { number -> PhotoSize? in
                guard let photo = try? photograph(number) else { return nil }
                return PhotoSize(width: photo.width, height: photo.height)
            }
        }
        defer { ahead.stop() }
        return (0..<workers).flatMap { _ in ahead.next() }
    }

    /// The name by which photographs of several data sets are one: without folder and extension.
    static func commonName(of name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "!" }).last ?? ""
        let end = last.lastIndex(of: ".") ?? last.endIndex
        return String(last[..<(end == last.startIndex ? last.endIndex : end)])
    }

    /// The numbers of the photographs less those that a larger one of the same name in another
    /// data set stands for; of equal ones the first stays.
    private func withoutSmallerTwins(in sets: [String]) -> [Int] {
        var twins: [String: [Int]] = [:]
        for (number, name) in names.enumerated() {
            twins[Self.commonName(of: name), default: []].append(number)
        }
        let doubted = twins.values.filter { Set($0.map { sets[$0] }).count > 1 }.flatMap { $0 }
            .sorted()
        let pixels = Dictionary(
            uniqueKeysWithValues: zip(doubted, sizes(of: doubted).map { $0?.pixels ?? 0 }))
        var dropped: Set<Int> = []
        for group in twins.values where Set(group.map { sets[$0] }).count > 1 {
            guard let best = group.max(by: { (pixels[$0] ?? 0, -$0) < (pixels[$1] ?? 0, -$1) })
            else { continue }
            // Within one data set two photographs may have one name.
            dropped.formUnion(group.filter { $0 != best && sets[$0] != sets[best] })
        }
        return names.indices.filter { !dropped.contains($0) }
    }
}
