/// The size of a photograph in pixels.
struct PhotoSize: Sendable, Equatable {
    let width: Int
    let height: Int

    var pixels: Int { width * height }
    var shorterSide: Int { min(width, height) }
}
