internal import Autochrome
internal import FuzzSupport
internal import SystemPackage

/// What a harness can decode many times a second.
private let mostPixels = 1 << 16
private let provenance = Provenance(programVersion: "0", modelName: "fuzz")

/// Does with a photograph what colouring, preparing and training do, but for the network.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Input.bytes(start, count)
    Input.inFolder { folder in
        let path = folder + "/photograph"
        Input.write(bytes, to: path)
        let photo = try PhotoFile(path: FilePath(path), maxPixels: mostPixels)
        guard photo.width * photo.height <= mostPixels else { return }
        let size = WorkingSize(width: photo.width, height: photo.height, detail: 32)
        _ = try? photo.picture(width: size.width, height: size.height)
        _ = try? StoredPhoto(bytes, name: "stored").scaled(width: 16, height: 16)
        prepare(bytes)
        copy(photo, to: folder + "/copy", as: format(of: photo, bytes))
    }
    return 0
}

private func prepare(_ bytes: [UInt8]) {
    for isArticles in [false, true] {
        let cut = PhotoSquare.Cut(size: 32, isFromCorner: isArticles, isArticles: isArticles)
        _ = try? PhotoData.with(bytes, name: "data", cut: cut) { data throws(PhotoError) in
            try data.square()
        }
    }
}

/// Most go to a format that is fast to write, the others to their own.
private func format(of photo: PhotoFile, _ bytes: [UInt8]) -> PhotoFormat {
    let choices: [PhotoFormat] = [.jpeg, .png, .tiff, .webp, photo.format]
    return choices[bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % choices.count]
}

private func copy(_ photo: PhotoFile, to path: String, as format: PhotoFormat) {
    let options = PhotoWriteOptions(
        format: format, compare: photo.width % 2 == 1, provenance: provenance)
    let warnings = try? photo.write(to: FilePath(path), options: options) { row in
        _ = row.output.initializeMemory(as: UInt8.self, repeating: 0)
    }
    guard warnings != nil else { return }
    let result = try? PhotoFile(path: FilePath(path), maxPixels: 4 * mostPixels)
    precondition(result?.height == photo.height, "what was written is a photograph")
}
