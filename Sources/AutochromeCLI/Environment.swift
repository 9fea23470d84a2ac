#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The process's environment.
enum Environment {
    static var variables: [String: String] { ProcessInfo.processInfo.environment }

    /// Number of cores that the process may use.
    static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }
}
