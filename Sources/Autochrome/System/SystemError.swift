#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#endif

/// Message of the operating system, as a phrase: "No space left on device".
enum SystemError {
    /// The phrase behind an error of Foundation's.
    static func reason(of error: any Error) -> String {
        guard let error = error as? CocoaError else { return "\(error)" }
        if let cause = error.underlying as? POSIXError {
            return String(cString: strerror(cause.code.rawValue))
        }
        return error.code == .fileReadNoPermission
            ? "permission denied" : "error \(error.code.rawValue) of Foundation"
    }
}
