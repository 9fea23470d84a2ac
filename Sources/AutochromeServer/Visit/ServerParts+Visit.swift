internal import Autochrome
internal import SystemPackage

extension ServerParts {
    /// Takes in what earlier visits have left, and the photographs that were handed over.
    func begin(_ visit: Visit) async {
        guard let opened = self.visit else { return }
        await spool.takeOver { folder in
            for kept in KeptPhotograph.listed(in: folder) {
                await take(kept.name, into: opened, kept) {
                    try spool.adopt(folder.appending(kept.file))
                }
            }
        }
        for path in visit.photographs {
            let name = path.lastComponent?.string ?? path.string
            await take(name, into: opened) {
                try await blocking { () throws(Problem) in
                    try spool.copy(of: path, atMost: limits.maxUpload)
                }
            }
        }
    }

    /// Takes a photograph into the visit's session; why it is not one is told on the page.
    private func take(
        _ name: String, into opened: OpenedVisit, _ kept: KeptPhotograph? = nil,
        _ file: () async throws -> SpoolFile
    ) async {
        do {
            let sent = try await SentPhotograph(
                Upload(file: try await file(), name: FileName.sanitized(name)),
                maxPixels: limits.maxPixels)
            let photograph = SessionPhotograph(sent, place: queue.admit())
            if let kept {
                photograph.settings = try Settings(
                    vividness: kept.vividness, saturation: kept.saturation)
                photograph.hints = try await hints(of: kept)
            }
            try sessions.add(photograph, to: opened.session)
            photograph.start { [studio, weak photograph] place in
                if let photograph { await studio.develop(photograph, place) }
            }
        } catch {
            opened.add(problem: Problem(error).detail)
        }
    }

    /// The hints that a photograph had; nil where the model takes them no more.
    private func hints(of kept: KeptPhotograph) async throws -> KeptHints? {
        guard let document = kept.hints.map({ Array($0.utf8) }),
            let hints = try? Hints(content: document, file: KeptHints.name),
            (try? model.colorizer.checkListening(to: hints)) != nil
        else { return nil }
        return try await KeptHints(document, hints, in: spool)
    }

    /// The sessions end; of the visit's, what was not fetched is remembered.
    func endSessions() {
        if let visit, visit.left.isEmpty {
            visit.left = sessions.photographs(of: visit.session).filter(\.isWorthKeeping)
            visit.presence.closeAll()
        }
        sessions.removeAll()
    }

    /// Removes the temporary folder, but for what the next visit begins with.
    func removeFolder() {
        var kept: [KeptPhotograph] = []
        for photograph in visit?.left ?? [] where photograph.isWorthKeeping {
            let file = "kept-\(kept.count)"
            // What cannot be moved is not there any more.
            guard (try? photograph.sent.move(to: spool.folder.appending(file))) != nil else {
                continue
            }
            kept.append(
                KeptPhotograph(
                    file: file, name: photograph.sent.name,
                    vividness: photograph.settings.vividness,
                    saturation: photograph.settings.saturation,
                    hints: photograph.hints?.text))
        }
        let isListed =
            !kept.isEmpty && (try? KeptPhotograph.write(kept, to: spool.folder)) != nil
        spool.remove(keeping: isListed ? Set(kept.map(\.file) + [KeptPhotograph.list]) : [])
    }
}

extension SessionPhotograph {
    /// Whether somebody would miss it: it can be coloured and was not fetched.
    fileprivate var isWorthKeeping: Bool {
        if case .failed = stage { return false }
        return !isFetched
    }
}
