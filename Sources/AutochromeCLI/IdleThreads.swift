#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How threads of an operation wait for the next one.
enum IdleThreads {
    /// Has them sleep instead of spinning, by starting the program anew where that was not said.
    ///
    /// OpenMP reads the policy once, when it is loaded, and libvips brings it in before the
    /// program's first line. Spinning threads take the cores from those that read and write
    /// photographs: with two busy neighbours on two cores training took five times as long.
    static func sleep() {
        #if os(Linux)
            guard getenv("OMP_WAIT_POLICY") == nil, getenv("GOMP_SPINCOUNT") == nil else { return }
            setenv("OMP_WAIT_POLICY", "PASSIVE", 1)
            // Comes back only when it fails, and then the program goes on as it is.
            execv("/proc/self/exe", CommandLine.unsafeArgv)
        #endif
    }
}
