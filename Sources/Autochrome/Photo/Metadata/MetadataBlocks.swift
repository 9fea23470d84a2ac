/// Metadata in the forms that files hold.
struct MetadataBlocks {
    /// A TIFF structure, without the "Exif" prefix that some formats put before it.
    var exif: [UInt8]?
    /// An XMP packet, UTF-8.
    var xmp: [UInt8]?
    /// IPTC-IIM datasets.
    var iptc: [UInt8]?
}
