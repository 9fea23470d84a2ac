package import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension PhotoFile {
    /// The metadata of the coloured photograph, and warnings where the
    /// input's own cannot be read and only the provenance is left.
    func metadata(
        for options: PhotoWriteOptions
    ) throws(PhotoError) -> (metadata: PhotoMetadata, warnings: [String]) {
        do {
            let metadata = try PhotoMetadata(of: file.path, format: format)
            try prepare(metadata, options)
            var losses = metadata.losses
            if metadata.isEXIFTooLong {
                losses.append("its EXIF exceeds 64 KB; the longest values are omitted.")
            }
            if format == .png, options.format != .png, let texts = try? PNGTexts(of: file).names,
                !texts.isEmpty
            {
                losses.append(
                    "its texts (\(texts.joined(separator: ", "))) are omitted: "
                        + "\(options.format.name) cannot store them.")
            }
            return (metadata, losses.map { "\(file.name): \($0)" })
        } catch {
            let metadata = try PhotoMetadata()
            try prepare(metadata, options)
            return (metadata, ["\(file.name): its metadata cannot be read and are omitted."])
        }
    }

    /// Writes metadata into the finished file, by what its format asks for.
    ///
    /// - Returns: warnings where some do not fit.
    func add(
        _ metadata: PhotoMetadata, to output: PhotoPath, options: PhotoWriteOptions
    ) throws(PhotoError) -> [String] {
        switch options.format {
        case .jpeg, .webp:
            return try addWithExiv2(metadata, to: output, options: options)
        case .png:
            return try addToPNG(metadata, to: output)
        case .tiff:
            try TIFFMetadata.add(metadata.blocks(), to: output)
        case .jxl:
            try JXLMetadata.add(metadata.blocks(), to: output)
        case .heic, .avif:
            // XMP is written with the pixels, and a place for EXIF.
            if let exif = try metadata.blocks().exif {
                try HEIFMetadata.replaceEXIF(exif, in: output)
            }
        }
        return []
    }

    private func addToPNG(
        _ metadata: PhotoMetadata, to output: PhotoPath
    ) throws(PhotoError) -> [String] {
        let texts = format == .png ? try PNGTexts(of: file) : nil
        try PNGMetadata.add(metadata.blocks(), texts?.chunks ?? [], to: output)
        return texts?.isCut == true
            ? ["\(file.name): its texts exceed 8 MB; the last ones are omitted."] : []
    }

    /// JPEG holds 64 KB of each kind, of XMP more in segments of their own. What is longer must not
    /// cost the photo.
    private func addWithExiv2(
        _ metadata: PhotoMetadata, to output: PhotoPath, options: PhotoWriteOptions
    ) throws(PhotoError) -> [String] {
        var warnings: [String] = []
        if metadata.isCommentTooLong {
            metadata.removeComment()
            warnings.append("\(file.name): its comment exceeds 64 KB and is omitted.")
        }
        guard let reason = metadata.obstacle(toWriting: output.path) else { return warnings }
        if options.format == .jpeg, let (packet, digest) = try? metadata.splitXMP(),
            metadata.obstacle(toWriting: output.path) == nil
        {
            try JPEGMetadata.add(extendedXMP: packet, digest: digest, to: output)
            return warnings
        }
        metadata.removeXMP()
        try prepare(metadata, options)
        if metadata.obstacle(toWriting: output.path) == nil {
            warnings.append("\(file.name): its XMP cannot be written and is omitted (\(reason)).")
            return warnings
        }
        let provenance = try PhotoMetadata()
        try prepare(provenance, options)
        guard provenance.obstacle(toWriting: output.path) == nil else {
            throw .unwritable(
                file: output.name, reason: FileBytes.obstacle(toWriting: output.path) ?? reason)
        }
        return ["\(file.name): its metadata cannot be written and are omitted (\(reason))."]
    }

    private func prepare(
        _ metadata: PhotoMetadata, _ options: PhotoWriteOptions
    ) throws(PhotoError) {
        try metadata.prepare(
            width: options.compare ? 2 * width : width, height: height, format: options.format,
            provenance: options.provenance, when: Date().formatted(.iso8601))
    }
}

extension PhotoFile {
    /// The SHA-256 of the hints that a photograph was coloured with, as its XMP tells; nil for none,
    /// and for what is no photograph.
    package static func hintsDigest(of path: FilePath) -> String? {
        guard let signature = try? FileSignature(of: PhotoPath(path)),
            let format = try? PhotoFormat(content: signature.bytes, of: ""),
            let metadata = try? PhotoMetadata(of: path, format: format),
            let xmp = try? metadata.blocks().xmp
        else { return nil }
        return Provenance.hintsDigest(inXMP: xmp)
    }
}
