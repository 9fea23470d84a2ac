internal import Autochrome
internal import FuzzSupport

/// A small picture with edges, that hints are laid on.
private let size = WorkingSize(width: 48, height: 40, detail: 32)
private let view = Colorizer.View(
    ScaledPhoto(
        width: size.width, height: size.height, channels: 1,
        values: (0..<size.width * size.height).map { Float($0 * 37 % 101) / 100 }),
    size: size, width: 48, height: 40)
private let grey = Picture(width: 48, height: 40, grey: 120)

/// Reads a file of hints, and lays what it says over a picture.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let content = Input.bytes(start, count)
    guard let hints = try? Hints(content: content, file: "hints.json") else { return 0 }
    precondition(hints.digest.utf8.count == 64 && !hints.summary.isEmpty)
    let planes = view.input(hints)
    if let heard = planes.hints {
        precondition(heard.values.allSatisfy { abs($0) <= 2 })
        precondition(!heard.isEmpty)
    }
    if let palette = planes.palette {
        precondition(abs(palette.reduce(0, +) - 1) < 1e-3)
        let kept = try? Hints(content: Palette(amounts: palette)?.file ?? [], file: "kept.json")
        precondition(kept?.palette != nil, "what is written is read back")
    }
    let plane = Plane(width: 1, height: 1)
    let colorless = GuidedUpsampling(lightness: plane, a: plane, b: plane, scaleX: 48, scaleY: 40)
    let painter = RowPainter(
        upsampling: colorless, saturation: 1, correction: view.correction(for: hints))
    precondition(painter.painted(grey).pixels.count == grey.pixels.count)
    return 0
}
