/// A frame at the network's size.
struct FrameView: Sendable {
    /// L*, reflected out to what the network takes.
    let padded: Plane

    /// L* without that.
    let lightness: Plane
}

/// Makes views of a film's frames.
struct FrameViewing: Sendable {
    let size: WorkingSize
    private let reading: FrameReading
    private let luma: FrameScaling
    private let chroma: FrameScaling

    /// - Parameters:
    ///   - reading: how the frames are read.
    ///   - pixelAspect: width of a pixel to its height. The network sees the film as it is shown.
    ///   - detail: the shorter side.
    init(reading: FrameReading, pixelAspect: Rational?, detail: Int) {
        let format = reading.format
        let shown = Double(format.width) * min(max(pixelAspect?.value ?? 1, 0.1), 10)
        size = WorkingSize(
            width: max(1, Int(shown.rounded())), height: format.height, detail: detail)
        self.reading = reading
        let target = (width: size.width, height: size.height)
        luma = FrameScaling(from: (format.width, format.height), to: target)
        chroma = FrameScaling(
            from: (max(1, format.chromaWidth), max(1, format.chromaHeight)), to: target)
    }

    func view(of frame: FilmFrame) -> FrameView {
        let lightness = frame.bytes.withUnsafeBytes { bytes in
            reading.isToned(frame) ? toned(bytes) : grey(bytes)
        }
        return FrameView(
            padded: lightness.reflected(toWidth: size.paddedWidth, height: size.paddedHeight),
            lightness: lightness)
    }

    private func grey(_ bytes: UnsafeRawBufferPointer) -> Plane {
        let format = reading.format
        let scale = reading.colors.scale(depth: format.depth)
        var values = luma.scaled(bytes, stride: format.width, depth: format.depth)
        let transfer = SRGBTransfer.shared
        let factor = 1 / scale.luma
        for i in values.indices { values[i] = transfer.decode((values[i] - scale.black) * factor) }
        return lightness(ofLuminance: values)
    }

    private func lightness(ofLuminance values: [Float]) -> Plane {
        var result = values
        let lanes = Lab.Vector.scalarCount
        for start in stride(from: 0, to: values.count, by: lanes) {
            let count = min(lanes, values.count - start)
            var vector = Lab.Vector()
            for lane in 0..<count { vector[lane] = values[start + lane] }
            let lightness = Lab.lightness(ofF: Lab.f(vector))
            for lane in 0..<count { result[start + lane] = lightness[lane] }
        }
        return Plane(width: size.width, height: size.height, values: result)
    }

    private func toned(_ bytes: UnsafeRawBufferPointer) -> Plane {
        let format = reading.format
        let scale = reading.colors.scale(depth: format.depth)
        func plane(_ index: Int) -> [Float] {
            let start = (format.lumaCount + index * format.chromaCount) * format.sampleBytes
            return chroma.scaled(
                UnsafeRawBufferPointer(rebasing: bytes[start...]), stride: format.chromaWidth,
                depth: format.depth)
        }
        let codes = luma.scaled(bytes, stride: format.width, depth: format.depth)
        let (cb, cr) = (plane(0), plane(1))
        let transfer = SRGBTransfer.shared
        var luminance = codes
        for i in codes.indices {
            let color = reading.encoded(
                (codes[i] - scale.black) / scale.luma, (cb[i] - scale.neutral) / scale.chroma,
                (cr[i] - scale.neutral) / scale.chroma)
            let linear = [color.0, color.1, color.2].map { transfer.decode($0) }
            luminance[i] =
                Lab.luminance(
                    Lab.Vector(repeating: linear[0]), Lab.Vector(repeating: linear[1]),
                    Lab.Vector(repeating: linear[2]))[0]
        }
        return lightness(ofLuminance: luminance)
    }
}
