#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension PhotoError {
    /// Whether a file cannot be written because the disk, or its user's share of it, is full.
    package var isFullDisk: Bool {
        guard case .unwritable(_, let reason) = self else { return false }
        return [ENOSPC, EDQUOT].contains { reason == FileSignature.reason($0) }
    }
}
