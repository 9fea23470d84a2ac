import ArgumentParser
import Autochrome
import SystemPackage

/// The files that `evaluate` writes, which replace none that it reads.
struct EvaluationTargets {
    private let targets: [(option: String, path: FilePath)]

    /// - Parameters:
    ///   - csv: `--csv`, if given.
    ///   - report: `--report`, if given.
    init(csv: String?, report: String?) {
        targets = [("--csv", csv), ("--report", report)].compactMap { option, path in
            path.map { (option: option, path: FilePath($0)) }
        }
    }

    /// Sees to it, before the work, that they can be written and replace nothing but earlier ones.
    ///
    /// - Parameter files: what is read.
    /// - Throws: `ValidationError`
    func check(reading files: [FilePath]) throws {
        let read = Set(files.compactMap { try? FileFacts(of: $0).identity })
        for (option, path) in targets {
            guard !path.isEmpty else {
                throw ValidationError("\(option) is empty; give the name of a file.")
            }
            guard let fault = Self.fault(of: path, read) else { continue }
            throw ValidationError("\(option) \(path): \(fault)")
        }
        var canonical = CanonicalPaths()
        if targets.count == 2, canonical.of(targets[0].path) == canonical.of(targets[1].path) {
            throw ValidationError("--csv and --report are one file; give two.")
        }
    }

    /// What speaks against writing to `path`, if anything does.
    private static func fault(of path: FilePath, _ read: Set<FileIdentity>) -> String? {
        let facts = try? FileFacts(of: path)
        if let facts, facts.kind != .file { return "that is no file; give the name of one." }
        if let facts, read.contains(facts.identity) {
            return "that file is read; give another name."
        }
        if isKept(path.fileExtension ?? "") {
            return "photographs, films and models are not replaced; give another name."
        }
        let folder = path.removingLastComponent()
        guard FileFacts.kind(of: folder.isEmpty ? "." : folder) == .folder else {
            return "its folder is not there; make it first."
        }
        return nil
    }

    /// Whether files of this extension are none that `evaluate` made.
    private static func isKept(_ fileExtension: String) -> Bool {
        PhotoFormat(fileExtension: fileExtension) != nil || FilmName.isFilm(fileExtension)
            || fileExtension.lowercased() == "safetensors"
    }
}
