internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The most memory that the process has had resident.
package enum PeakMemory {
    /// Resets the measurement, where the system can (Linux: proc(5), `clear_refs`).
    package static func reset() {
        guard let file = try? FileDescriptor.open("/proc/self/clear_refs", .writeOnly) else {
            return
        }
        _ = try? file.closeAfter { try file.writeAll([UInt8(ascii: "5")]) }
    }

    /// The peak since the last `reset`, or since the process began, in bytes.
    package static var bytes: Int { sinceReset ?? ofProcess }

    /// Resident memory now, in bytes; the fallback where the system does not report the peak.
    package static var current: Int { figure("VmRSS:") ?? ofProcess }

    private static var sinceReset: Int? { figure("VmHWM:") }

    /// A line such as "VmHWM:  1234 kB" of proc(5)'s `status`, in bytes.
    private static func figure(_ name: String) -> Int? {
        guard let file = try? FileDescriptor.open("/proc/self/status", .readOnly) else {
            return nil
        }
        let text = try? file.closeAfter {
            try String(unsafeUninitializedCapacity: 8192) {
                try file.read(into: UnsafeMutableRawBufferPointer($0))
            }
        }
        let line = text?.split(separator: "\n").first { $0.hasPrefix(name) }
        let words = line?.split { $0 == " " || $0 == "\t" }
        return words.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map { $0 * 1024 }
    }

    private static var ofProcess: Int {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
            return usage.ru_maxrss * 1024
        #else
            getrusage(RUSAGE_SELF, &usage)
            return usage.ru_maxrss
        #endif
    }
}
