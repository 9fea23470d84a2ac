#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Waiting policy of OpenMP's idle threads.
enum OpenMPWaiting {
    /// Restarts the program with OMP_WAIT_POLICY=PASSIVE, unless a policy is set, so that idle
    /// threads sleep instead of spinning.
    ///
    /// OpenMP reads the policy once, when it is loaded, and libvips brings it in before the
    /// program's first line. Spinning threads take the cores from those that read and write
    /// photographs: with two busy neighbours on two cores training took five times as long.
    static func restartPassive() {
        #if os(Linux)
            guard getenv("OMP_WAIT_POLICY") == nil, getenv("GOMP_SPINCOUNT") == nil else { return }
            setenv("OMP_WAIT_POLICY", "PASSIVE", 1)
            // Returns only if it fails; then the program continues as it is.
            execv("/proc/self/exe", CommandLine.unsafeArgv)
        #endif
    }
}
