package import Autochrome
package import SystemPackage

/// Why a data set cannot be prepared, or not further.
package enum PrepareError: Error, Sendable {
    case noSource(FilePath)
    case sourceUnreadable(FilePath, reason: String)
    case partMissing(before: FilePath)
    case notEmpty(FilePath)
    case otherDataset(FilePath, differences: [String])
    case sourcesChanged(FilePath, what: String)
    case busy(FilePath)
    case damagedJournal(FilePath)
    case cannotWrite(FilePath, reason: String)
    case library(PhotoError)
}

extension PrepareError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSource(let path):
            "\(path): no such file or folder."
        case .sourceUnreadable(let path, let reason):
            "\(path): cannot be read: \(reason)."
        case .partMissing(let path):
            "\(path) is a later part of an archive, and the one before it is not there; give the "
                + "first part, with the others beside it."
        case .notEmpty(let path):
            "\(path) holds other files; give a new or empty folder with -o."
        case .otherDataset(let path, let differences):
            "\(path) was prepared otherwise (now \(differences.joined(separator: ", "))); give "
                + "another folder with -o, or remove that one."
        case .sourcesChanged(let path, let what):
            "The sources changed since \(path) was begun: \(what). Give another folder with -o, "
                + "or remove that one."
        case .busy(let path):
            "\(path): another process is preparing it."
        case .damagedJournal(let path):
            "\(path): damaged, so the work cannot be taken up; remove the data set's folder and "
                + "begin anew."
        case .cannotWrite(let path, let reason):
            "\(path): cannot be written: \(reason). What is done is kept; the same command goes "
                + "on from here."
        case .library(let error):
            "\(error)"
        }
    }
}
