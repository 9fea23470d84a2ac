#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Address space that `ulimit -v` allows a process.
package enum AddressSpace {
    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
    #else
        private static let resource = RLIMIT_AS
    #endif

    /// In megabytes: room for libtorch, libvips and their threads. With less, libraries that cannot
    /// be loaded crash or hang, before there is anyone to catch an error.
    private static let least: UInt64 = 1500

    /// A sentence where less is left than the program needs, else nil.
    package static var shortage: String? {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, UInt64(limit.rlim_cur) < least << 20 else {
            return nil
        }
        return "The address space is limited to \(limit.rlim_cur >> 20) MB; at least \(least) MB "
            + "are needed. Raise the limit, by ulimit -v."
    }
}
