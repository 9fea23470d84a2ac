import Autochrome
import SystemPackage

/// A set of inputs and a destination that do not go together.
enum PlanError: Error, CustomStringConvertible {
    case oneResult(of: FilePath, and: FilePath, FilePath)
    case resultIsInput(FilePath)
    case notAFolder(FilePath)
    case oneFileForMany(FilePath)
    case formatsDisagree(FilePath, PhotoFormat)
    case kindsDisagree(FilePath, FilePath)

    var description: String {
        switch self {
        case .oneResult(let first, let second, let output):
            "\(first) and \(second) would both become \(output); colour them into two folders."
        case .resultIsInput(let input):
            "\(input): the result would replace the photograph; give another folder with -o."
        case .notAFolder(let path):
            "\(path) is a file, not a folder; give a folder with -o."
        case .oneFileForMany(let path):
            "\(path) names one result, but more may come; give a folder with -o, or write "
                + "\(path)/ if it is one."
        case .formatsDisagree(let path, let format):
            "\(path) and --format \(format.rawValue) disagree; give one of them."
        case .kindsDisagree(let input, let output):
            "\(input) cannot become \(output): one of them is a film and the other is not."
        }
    }
}
