import Autochrome
import Foundation
import Synchronization

/// The fixtures of `Scripts/fixtures-photo`, and what they should hold.
enum Sample {
    static let width = 48
    static let height = 32
    static let provenance = Provenance(programVersion: "1.2", modelName: "plate")

    static func path(_ name: String) -> String {
        Bundle.module.resourceURL!.appending(path: "Fixtures/Photo/\(name)").path
    }

    static func open(_ name: String, maxPixels: Int = 1 << 30) throws -> PhotoFile {
        try PhotoFile(path: path(name), maxPixels: maxPixels)
    }

    /// `[height, width, 3]`, 8 bits: the picture's formula.
    static let rgb: [Int] = (0..<height).flatMap { y in
        (0..<width).flatMap { x in [5 * x, 8 * y, 255 - 5 * x] }
    }

    /// `[height, width, 1]`, 8 bits.
    static let grey: [Int] = (0..<height).flatMap { y in (0..<width).map { 2 * $0 + 4 * y } }

    /// How the 16-bit fixtures hold an 8-bit value.
    static func wide(_ values: [Int]) -> [Int] { values.map { 255 * $0 + 255 } }

    /// An empty folder, removed after `body`.
    static func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}

extension PhotoRow {
    /// Sample `index` of the input row, whatever the depth.
    func sample(_ index: Int) -> Int {
        bitDepth == 8
            ? Int(input.load(fromByteOffset: index, as: UInt8.self))
            : Int(input.load(fromByteOffset: 2 * index, as: UInt16.self))
    }

    func set(_ index: Int, to value: Int) {
        if bitDepth == 8 {
            output.storeBytes(of: UInt8(value), toByteOffset: index, as: UInt8.self)
        } else {
            output.storeBytes(of: UInt16(value), toByteOffset: 2 * index, as: UInt16.self)
        }
    }

    /// Gives the input back as it is, grey as three equal colours.
    func copyColours() {
        for x in 0..<width {
            for colour in 0..<3 {
                let band = inputBands >= 3 ? colour : 0
                set(x * outputBands + colour, to: sample(x * inputBands + band))
            }
        }
    }
}

extension PhotoFile {
    /// Writes the photograph as it is.
    @discardableResult
    func copy(to path: String, format: PhotoFormat, quality: Int? = nil) throws -> [String] {
        let options = PhotoWriteOptions(
            format: format, quality: quality, provenance: Sample.provenance)
        return try write(to: path, options: options) { $0.copyColours() }
    }

    /// All samples as rows are handed out: `[height, width, bands (+ alpha)]`.
    func samples() throws -> [Int] {
        let channels = bands + (hasAlpha ? 1 : 0)
        let photo = Mutex([Int](repeating: -1, count: width * height * channels))
        let photoWidth = width
        try Sample.inFolder { folder in
            let options = PhotoWriteOptions(format: .tiff, provenance: Sample.provenance)
            try write(to: folder + "/out.tif", options: options) { row in
                row.copyColours()
                photo.withLock { values in
                    let start = (row.y * photoWidth + row.x) * channels
                    for i in 0..<row.width * channels { values[start + i] = row.sample(i) }
                }
            }
        }
        return photo.withLock { $0 }
    }

    /// The colours alone: `[height, width, bands]`.
    func colours() throws -> [Int] {
        let all = try samples()
        guard hasAlpha else { return all }
        return all.indices.filter { $0 % (bands + 1) < bands }.map { all[$0] }
    }
}

/// The largest and the mean absolute difference of two pictures.
func difference(_ a: [Int], _ b: [Int]) -> (largest: Int, mean: Double) {
    guard a.count == b.count, !a.isEmpty else { return (.max, .infinity) }
    let differences = zip(a, b).map { abs($0 - $1) }
    return (differences.max()!, Double(differences.reduce(0, +)) / Double(a.count))
}
