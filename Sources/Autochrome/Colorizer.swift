public import SystemPackage

/// Gives photographs colour, file to file.
///
/// The way of a photograph: its lightness at the network's working size -> a*b* at low
/// resolution -> their guided upsampling -> row by row through the full-size photograph into a
/// new file. Pixels of the full size are never held all at once.
///
/// Several photographs may be coloured at the same time: they are read and written side by side
/// and take turns at the network.
public final class Colorizer: Sendable {
    let network: ColorNetwork

    /// Outcome of a photograph.
    public enum Outcome: Sendable, Equatable {
        /// The result is there; with what there is to say about it.
        case colored(warnings: [String])

        /// The photograph is in colour already and was left alone.
        case alreadyColored

        /// A file of the result's name was there and was kept.
        case kept
    }

    /// Takes a model file, or without one the model that came with the program, to `device`.
    ///
    /// Preparing a network takes some tenths of a second; one colorizer serves all photographs.
    ///
    /// - Parameters:
    ///   - model: a model file.
    ///   - device: where the network computes.
    ///   - precision: what a CPU computes in.
    /// - Throws: `WeightsError`: the file is not whole or no network's; OpenVINO, or for a GPU
    ///   libtorch or the device, is missing.
    public convenience init(
        model: String? = nil, on device: Device = .automatic,
        precision: ComputingPrecision = .automatic
    ) throws(WeightsError) {
        self.init(network: try ColorNetwork(reading: model, on: device, precision: precision))
    }

    /// - Parameter network: the network that predicts the colours.
    package init(network: ColorNetwork) {
        self.network = network
    }

    /// Colours the photograph `input` into the new file `output`.
    ///
    /// - Throws: `ColorizeOptionsError`, `PhotoError`, `FileError` or `TensorError`; each says in a
    ///   sentence what to do. The input is never changed, and `output` appears whole or not at all.
    public func colorize(
        _ input: FilePath, to output: FilePath, options: ColorizeOptions = ColorizeOptions()
    ) async throws -> Outcome {
        try options.validate()
        let photo = try PhotoFile(path: input, maxPixels: options.maxPixels)
        try check(options.hints, for: photo)
        let view = try await see(photo, options: options)
        if options.skipsColored, ColorContent(view.planes) == .colored { return .alreadyColored }
        let upsampling = try await colors(of: view, options: options)
        return try await blocking {
            let part = try PartialFile(for: output)
            var warnings = photo.warnings + view.warnings(of: options.hints, for: photo)
            warnings += try self.write(
                photo, to: part.path, name: output.string, upsampling,
                correction: view.correction(for: options.hints), options: options)
            guard try part.commit(replacing: options.overwrite) else { return .kept }
            return .colored(warnings: warnings)
        }
    }

    /// Whether the model listens to hints and palettes.
    public var takesHints: Bool { network.takesHints }

    /// Refuses hints that the network does not listen to, and strokes of another photograph.
    private func check(_ hints: Hints?, for photo: PhotoFile) throws(HintsError) {
        try checkListening(to: hints)
        try hints?.strokes?.check(against: photo)
    }

    /// Refuses hints that the network does not listen to.
    ///
    /// - Throws: `HintsError.notHeard`
    package func checkListening(to hints: Hints?) throws(HintsError) {
        guard let hints, hints.needsListening, !takesHints else { return }
        throw .notHeard(model: network.modelName)
    }
}

// The stages, each usable alone.
extension Colorizer {
    /// The photograph as the network will see it.
    ///
    /// - Parameters:
    ///   - photo: the photograph.
    ///   - options: of which the detail sets the size.
    ///   - shown: the size at which the colours will be shown; nil is the photograph's.
    package func see(
        _ photo: PhotoFile, options: ColorizeOptions, shown: (width: Int, height: Int)? = nil
    ) async throws(PhotoError) -> View {
        let size = WorkingSize(
            width: photo.width, height: photo.height,
            detail: options.detail ?? network.use.workingSide)
        let scaled = try await blocking { () throws(PhotoError) in
            try photo.scaled(width: size.width, height: size.height)
        }
        return View(
            scaled, size: size, width: shown?.width ?? photo.width,
            height: shown?.height ?? photo.height)
    }

    /// The network's colours for a view, ready to be laid over the full size.
    package func colors(
        of view: View, options: ColorizeOptions
    ) async throws(TensorError) -> GuidedUpsampling {
        let planes = view.input(options.hints)
        let chroma = try await network.ab(for: planes, vividness: options.vividness)
        return view.upsampling(of: chroma, planes.lightness)
    }

    /// The network's a* of every place of a view, then its b*.
    package func chroma(of view: View) async throws(TensorError) -> [Float] {
        let planes = try await network.ab(for: InputPlanes(lightness: view.paddedLightness))
        return planes.a.values + planes.b.values
    }

    /// Prediction of the network for a view, for `colors(of:from:vividness:)`.
    ///
    /// - Parameters:
    ///   - view: the photograph as the network sees it.
    ///   - hints: the hints and palette of a person; nil for none.
    package func prediction(
        for view: View, hints: Hints? = nil
    ) async throws(TensorError) -> Prediction {
        try await network.prediction(for: view.input(hints))
    }

    /// The encoder's part of a view, for `prediction(for:from:hints:)`.
    package func encoding(of view: View) async throws(TensorError) -> Encoding {
        try await network.encoding(of: view.paddedLightness)
    }

    /// What the network says of a view whose encoding is known.
    ///
    /// - Parameters:
    ///   - view: the photograph as the network sees it.
    ///   - encoding: the encoder's part of it.
    ///   - hints: what a person says of its colours; nil for nothing.
    package func prediction(
        for view: View, from encoding: Encoding, hints: Hints? = nil
    ) async throws(TensorError) -> Prediction {
        let planes = view.input(hints)
        return try await network.prediction(
            from: encoding, hints: planes.hints, palette: planes.palette)
    }

    /// The colours that a prediction for the view stands for at this vividness, ready to be laid
    /// over the full size.
    package func colors(
        of view: View, from prediction: Prediction, vividness: Double?
    ) async throws(TensorError) -> GuidedUpsampling {
        let chroma = try await network.ab(from: prediction, vividness: vividness)
        return view.upsampling(of: chroma, view.paddedLightness)
    }

    /// Paints the photograph into a new file. Blocks while it decodes and encodes.
    ///
    /// - Parameters:
    ///   - photo: the photograph.
    ///   - path: where the file is made.
    ///   - name: its name in messages; nil for the path.
    ///   - upsampling: the colours.
    ///   - correction: lays hints' colours over these.
    ///   - options: how it is coloured and written.
    /// - Returns: what there is to say about the result.
    package func write(
        _ photo: PhotoFile, to path: FilePath, name: String? = nil,
        _ upsampling: GuidedUpsampling, correction: HintCorrection? = nil,
        options: ColorizeOptions
    ) throws(PhotoError) -> [String] {
        let painter = RowPainter(
            upsampling: upsampling, saturation: options.saturation, correction: correction)
        let provenance = Provenance(
            programVersion: Version.current, modelName: network.modelName, hints: options.hints)
        let format = options.format ?? photo.format
        let quality = format.hasQuality ? options.quality : nil
        let writing = PhotoWriteOptions(
            format: format, quality: quality, compare: options.compare, provenance: provenance)
        let warnings = try photo.write(to: path, name: name, options: writing) {
            painter.paint($0)
        }
        guard quality != options.quality else { return warnings }
        return warnings + ["\(photo.file.name): \(format.name) is lossless; --quality is ignored."]
    }
}
