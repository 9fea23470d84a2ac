public import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Hints {
    /// The version of files of hints.
    package static let version = 1
    /// The most bytes of a file.
    static let mostBytes = 16_000_000

    /// Reads a file of hints: JSON, as `Documentation/Hints.md` describes it.
    ///
    /// - Throws: `HintsError`, which names the place in the file.
    public init(reading path: FilePath) throws(HintsError) {
        let file = path.string
        let content: Data
        do throws(Errno) {
            let facts = try FileFacts(of: path)
            guard facts.kind == .file else { throw Errno.isDirectory }
            guard facts.size <= Self.mostBytes else {
                throw Errno.fileTooLarge
            }
            content = try path.content(atMost: Self.mostBytes)
        } catch {
            if error == .fileTooLarge { throw .tooLarge(file: file) }
            throw .unreadable(file: file, reason: FileSignature.reason(error.rawValue))
        }
        try self.init(content: Array(content), file: file)
    }

    /// Reads a file of hints, or a picture of strokes: by content, whatever the name says.
    ///
    /// - Parameters:
    ///   - path: where the file is.
    ///   - maxPixels: the most pixels of a picture that has to be decoded whole.
    /// - Throws: `HintsError`, or `PhotoError` for a picture.
    package init(file path: FilePath, maxPixels: Int) throws {
        guard let signature = try? FileSignature(of: PhotoPath(path)),
            (try? PhotoFormat(content: signature.bytes, of: "")) != nil
        else {
            try self.init(reading: path)
            return
        }
        self.init()
        strokes = try HintStrokes(reading: path, maxPixels: maxPixels)
    }

    /// Reads hints out of the bytes of a file.
    ///
    /// - Parameters:
    ///   - content: the bytes.
    ///   - file: the file's name in messages.
    /// - Throws: `HintsError`
    package init(content: [UInt8], file: String) throws(HintsError) {
        do {
            self = try JSONDecoder().decode(HintsForm.self, from: Data(content)).hints
        } catch let error as DecodingError {
            throw HintsError(error, file: file, content: content)
        } catch {
            throw .notJSON(file: file, detail: "\(error)")
        }
    }
}

extension FilePath {
    /// The file's bytes, but for what lies beyond so many.
    fileprivate func content(atMost count: Int) throws(Errno) -> Data {
        do {
            let file = try FileDescriptor.open(self, .readOnly)
            defer { try? file.close() }
            var content = Data()
            let piece = 1 << 16
            while content.count <= count {
                let bytes = try [UInt8](unsafeUninitializedCapacity: piece) { buffer, read in
                    read = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                guard !bytes.isEmpty else { return content }
                content.append(contentsOf: bytes)
            }
            throw Errno.fileTooLarge
        } catch let error as Errno {
            throw error
        } catch {
            throw .ioError
        }
    }
}

extension HintsError {
    /// What a decoder says of a file with this content.
    init(_ error: DecodingError, file: String, content: [UInt8]) {
        switch error {
        case .typeMismatch(let type, let context):
            self = .wrong(
                file: file, place: Self.place(context.codingPath),
                reason: "is not \(Self.name(of: type))")
        case .valueNotFound(let type, let context):
            self = .wrong(
                file: file, place: Self.place(context.codingPath),
                reason: "is null, not \(Self.name(of: type))")
        case .keyNotFound(let key, let context):
            self = .wrong(
                file: file, place: Self.place(context.codingPath + [key]), reason: "is missing")
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            self = .notJSON(
                file: file, detail: JSONFault.place(in: content) ?? "its text is damaged")
        case .dataCorrupted(let context):
            self = .wrong(
                file: file, place: Self.place(context.codingPath),
                reason: context.debugDescription)
        @unknown default:
            self = .notJSON(file: file, detail: "\(error)")
        }
    }

    /// `points[3].x` for the keys that lead there.
    private static func place(_ path: [any CodingKey]) -> String {
        path.reduce(into: "") { place, key in
            if let index = key.intValue {
                place += "[\(index)]"
            } else {
                place += (place.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is Int.Type: "a whole number"
        case is Double.Type, is Float.Type: "a number"
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is [Any].Type: "a list"
        default: "an object"
        }
    }
}
