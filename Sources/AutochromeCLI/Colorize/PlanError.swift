import Autochrome
import SystemPackage

/// A set of inputs and a destination that do not go together.
enum PlanError: Error, CustomStringConvertible {
    case oneResult(of: FilePath, and: FilePath, FilePath)
    case resultIsInput(FilePath)
    case folderIsInput(FilePath)
    case partOfFilm(FilePath)
    case noName
    case notAFolder(FilePath)
    case oneFileForMany(FilePath)
    case notWritten(FilePath)
    case formatsDisagree(FilePath, PhotoFormat)
    case kindsDisagree(FilePath, FilePath)

    var description: String {
        switch self {
        case .oneResult(let first, let second, let output):
            "\(first) and \(second) would both become \(output); colour them into two folders."
        case .resultIsInput(let input):
            "\(input): the result would replace the photograph; give another folder with -o."
        case .folderIsInput(let folder):
            "\(folder): the results would be among the photographs; give another folder with -o, or "
                + "omit -o for results beside them."
        case .partOfFilm(let input):
            "\(input) is the part of a film that an interrupted run saved; give the film itself, or "
                + "a folder with -o to colour the part."
        case .noName:
            "-o is empty; give a folder or the result's name, as in -o coloured/."
        case .notAFolder(let path):
            "\(path) is a file, not a folder; give a folder with -o."
        case .oneFileForMany(let path):
            "\(path) names one result, but there may be several; give a folder with -o, or write "
                + "\(path)/ if it is one."
        case .notWritten(let path):
            "\(path): unsupported output format; supported: "
                + PhotoFormat.allCases.map(\.rawValue).joined(separator: ", ")
                + "; give another name, or write \(path)/ if it is a folder."
        case .formatsDisagree(let path, let format):
            "\(path) and --format \(format.rawValue) contradict each other; give one of them."
        case .kindsDisagree(let input, let output):
            "\(input) cannot be written to \(output): one is a film and the other is not."
        }
    }
}
