/// Kind of archive.
package enum ArchiveKind: Sendable, CaseIterable {
    /// A tar, plain.
    case tar
    /// A zip.
    case zip
    /// A tar or zip compressed as a whole with gzip.
    case gzip
    /// With Zstandard.
    case zstd
    /// With xz.
    case xz
}
