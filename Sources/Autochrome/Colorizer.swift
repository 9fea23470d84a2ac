package import SystemPackage

/// Gives photographs colour, file to file.
///
/// The way of a photograph: its lightness at the network's working size -> a*b* at low
/// resolution -> their guided upsampling -> row by row through the full-size photograph into a
/// new file. Pixels of the full size are never held all at once.
///
/// Several photographs may be coloured at the same time: they are read and written side by side
/// and take turns at the network.
public final class Colorizer: Sendable {
    private let network: ColorNetwork

    /// What became of a photograph.
    package enum Outcome: Sendable, Equatable {
        /// The result is there; with what there is to say about it.
        case colored(warnings: [String])

        /// The photograph is in colour already and was left alone.
        case alreadyColored

        /// A file of the result's name was there and was kept.
        case kept
    }

    /// - Parameter network: the network that predicts the colours.
    package init(network: ColorNetwork) {
        self.network = network
    }

    /// Colours the photograph `input` into the new file `output`.
    ///
    /// - Throws: `PhotoError`, `FileError`, `TensorError` or `WeightsError`. The input is never
    ///   changed, and `output` appears whole or not at all.
    package func colorize(
        _ input: FilePath, to output: FilePath, options: ColorizeOptions
    ) async throws -> Outcome {
        let photo = try PhotoFile(path: input.string, maxPixels: options.maxPixels)
        let size = WorkingSize(width: photo.width, height: photo.height, detail: options.detail)
        let seen = try await blocking { () throws(PhotoError) in
            try Self.planes(of: photo, at: size)
        }
        if options.skipsColored, ColorContent(seen) == .colored { return .alreadyColored }
        let upsampling = try await upsampledColors(of: seen.lightness, photo, size, options)
        let painter = RowPainter(upsampling: upsampling, saturation: options.saturation)
        let model = await network.name
        return try await blocking {
            try Self.write(photo, to: output, painter: painter, model: model, options: options)
        }
    }
}

extension Colorizer {
    private static func planes(
        of photo: PhotoFile, at size: WorkingSize
    ) throws(PhotoError) -> LabPlanes {
        let scaled = try photo.scaled(width: size.width, height: size.height)
        return Lab.planes(
            of: scaled.values, channels: scaled.channels, width: size.width, height: size.height)
    }

    /// The network's colours for the photograph, ready to be laid over its full size.
    private func upsampledColors(
        of lightness: Plane, _ photo: PhotoFile, _ size: WorkingSize, _ options: ColorizeOptions
    ) async throws -> GuidedUpsampling {
        let padded = lightness.reflected(toWidth: size.paddedWidth, height: size.paddedHeight)
        let (a, b) = try await network.colors(of: padded, vividness: options.vividness)
        let factor = padded.width / a.width
        return GuidedUpsampling(
            lightness: padded.averaged(by: factor), a: a, b: b,
            scaleX: Float(factor * photo.width) / Float(size.width),
            scaleY: Float(factor * photo.height) / Float(size.height))
    }

    private static func write(
        _ photo: PhotoFile, to output: FilePath, painter: RowPainter, model: String,
        options: ColorizeOptions
    ) throws -> Outcome {
        let part = try PartialFile(for: output)
        let warnings = try photo.write(
            to: part.path.string,
            options: PhotoWriteOptions(
                format: options.format ?? photo.format, quality: options.quality,
                compare: options.compare,
                provenance: Provenance(programVersion: Version.current, modelName: model))
        ) { painter.paint($0) }
        guard try part.commit(replacing: options.overwrite) else { return .kept }
        return .colored(warnings: photo.warnings + warnings)
    }
}
