#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Limit of open files and connections of the process.
enum OpenFiles {
    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif

    static var limit: Int {
        var limit = rlimit()
        return getrlimit(resource, &limit) == 0 ? Int(clamping: limit.rlim_cur) : 256
    }

    /// Raises the limit to 8192, or as far as the process may.
    static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < 8192 else { return }
        limit.rlim_cur = min(8192, limit.rlim_max)
        setrlimit(resource, &limit)
    }
}
