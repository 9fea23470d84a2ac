package import Autochrome
package import SystemPackage

/// Why a data set cannot be prepared, or not further.
package enum PrepareError: Error, Sendable {
    /// A source that was given is not there.
    case noSource(FilePath)
    /// The operating system does not hand out a source, or a file of the data set; its reason.
    case sourceUnreadable(FilePath, reason: String)
    /// There is no file at all in these sources.
    case noFiles([FilePath])
    /// A later part of an archive was given, and the one before it is not there.
    case partMissing(before: FilePath)
    /// The folder for the data set holds something else.
    case notEmpty(FilePath)
    /// The folder holds a data set of other settings or sources; phrases on what is different.
    case otherDataset(FilePath, differences: [String])
    /// The sources hold other files than when the data set was begun.
    case sourcesChanged(FilePath, what: String)
    /// Another process is at work on the same part of the data set.
    case busy(FilePath)
    /// A lock by which processes take turns cannot be had.
    case cannotLock(FileLockError)
    /// A file of notes on what is done is not what was written.
    case damagedJournal(FilePath)
    /// A shard ends before a photograph that was put into it: how many bytes that has, and how
    /// many are there.
    case shardCutShort(FilePath, photograph: String, expected: Int, found: Int)
    /// A file of the data set cannot be written; the operating system's reason.
    case cannotWrite(FilePath, reason: String)
    /// Decoding or encoding failed for a reason that lies in no photograph.
    case library(PhotoError)
}

extension PrepareError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSource(let path):
            "\(path): no such file or folder."
        case .sourceUnreadable(let path, let reason):
            "\(path): cannot be read: \(reason)."
        case .noFiles(let paths):
            "\(paths.map { "\($0)" }.joined(separator: ", ")): no files in "
                + (paths.count == 1 ? "it." : "them.")
        case .partMissing(let path):
            "\(path) is a later part of an archive, and the part before it is missing; give the "
                + "first part, with the others beside it."
        case .notEmpty(let path):
            "\(path) contains other files; give a new or empty folder with -o."
        case .otherDataset(let path, let differences):
            "\(path) was prepared with other settings (now \(differences.joined(separator: ", "))); "
                + "give another folder with -o, or remove that one."
        case .sourcesChanged(let path, let what):
            "The sources have changed since \(path) was started: \(what). Give another folder with -o, "
                + "or remove that one."
        case .busy(let path):
            "\(path): another process is preparing it."
        case .cannotLock(let error):
            "\(error)"
        case .damagedJournal(let path):
            "\(path): damaged, so preparation cannot resume; remove the data set's folder and "
                + "start again."
        case .shardCutShort(let path, let photograph, let expected, let found):
            "\(path): truncated: \(found) of \(expected) bytes of \(photograph) are present; remove "
                + "the data set's folder and start again."
        case .cannotWrite(let path, let reason):
            "\(path): cannot be written: \(reason). Finished work is kept; the same command "
                + "resumes."
        case .library(let error):
            "\(error)"
        }
    }
}
