#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#endif

/// What the operating system answered, as a phrase: "No space left on device".
struct SystemError: Error, Sendable, CustomStringConvertible {
    let description: String

    /// The answer to the call that failed last on this thread.
    static var last: SystemError {
        SystemError(description: String(cString: strerror(errno)))
    }

    /// The phrase behind an error of Foundation's.
    static func reason(of error: any Error) -> String {
        guard let error = error as? CocoaError else { return "\(error)" }
        if let cause = error.underlying as? POSIXError {
            return String(cString: strerror(cause.code.rawValue))
        }
        return error.code == .fileReadNoPermission ? "permission denied" : "\(error)"
    }
}
