#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The most memory the process has had resident so far, in bytes.
func peakMemory() -> Int {
    var usage = rusage()
    #if canImport(Glibc)
        getrusage(RUSAGE_SELF.rawValue == 0 ? 0 : 0, &usage)
        return usage.ru_maxrss * 1024
    #else
        getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss
    #endif
}
