internal import Autochrome
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Problem with a request, as in RFC 9457.
struct Problem: Error {
    let status: HTTPResponse.Status

    /// A sentence for the person who sent the request.
    let detail: String

    /// Seconds after which to try again.
    let retryAfter: Int?

    /// Whether it passes by itself, in turn: others are at work, or the photograph was not looked
    /// at yet.
    private(set) var isBeforeItsTurn = false

    init(_ status: HTTPResponse.Status, _ detail: String, retryAfter: Int? = nil) {
        self.status = status
        self.detail = detail
        self.retryAfter = retryAfter
    }

    /// The body: `application/problem+json`.
    var body: [UInt8] {
        let content = Content(
            type: "about:blank", title: status.reasonPhrase, status: status.code, detail: detail)
        return JSON.bytes(content)
    }

    var response: Response {
        var headers: HTTPFields = [.contentType: Self.contentType]
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    static let contentType = "application/problem+json"

    private struct Content: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
    }
}

/// An error of the server's parts that gives its own answer for the client.
protocol AnsweredError: Error {
    var problem: Problem { get }
}

extension Problem {
    /// Problem that an error of the server's parts means for the client.
    init(_ error: any Error) {
        self =
            switch error {
            case let problem as Problem: problem
            case let error as PhotoError: Problem(error.status, "\(error)")
            case let error as HintsError: Problem(error.status, error.answer)
            case let error as ColorizeOptionsError: Problem(.badRequest, "\(error)")
            case let error as any AnsweredError: error.problem
            case is CancellationError:
                Problem(.serviceUnavailable, "The photograph was cancelled.", retryAfter: 1)
            case let error as any HTTPResponseError where error.status == .notFound:
                .nothingHere
            case let error as any HTTPResponseError: Problem(error.status, "\(error)")
            default: Problem(.internalServerError, "\(error)")
            }
    }

    static var busy: Problem {
        var problem = Problem(
            .serviceUnavailable, "The server is busy; try again in 2 s.",
            retryAfter: 2)
        problem.isBeforeItsTurn = true
        return problem
    }

    /// A photograph, named as it was sent, of which nothing can be shown yet.
    static func notLookedAt(_ name: String) -> Problem {
        var problem = Problem(
            .conflict, "\(name): not ready yet; try again in 1 s.", retryAfter: 1)
        problem.isBeforeItsTurn = true
        return problem
    }

    static var nothingHere: Problem { Problem(.notFound, "Not found: there is no such address.") }

    /// The same to one who keeps nothing here: what fills the store goes without them.
    var withoutSession: Problem {
        guard status == .insufficientStorage else { return self }
        return Problem(.serviceUnavailable, detail, retryAfter: 5)
    }
}

extension PhotoError {
    /// The HTTP status of the error.
    var status: HTTPResponse.Status {
        switch self {
        case .empty: .badRequest
        case .notAPhoto: .unsupportedMediaType
        case .damaged, .unsupported, .tooLong: .unprocessableContent
        case .tooLarge: .contentTooLarge
        case .unwritable where isFullDisk: .insufficientStorage
        case .unwritable, .unreadable, .library: .internalServerError
        }
    }
}

extension HintsError {
    /// The HTTP status that says the same.
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .notJSON, .wrong: .badRequest
        case .tooLarge: .contentTooLarge
        case .notHeard, .noLikelihoods: .conflict
        case .noColors, .noStrokes, .otherShape: .unprocessableContent
        case .unreadable: .internalServerError
        }
    }

    /// The sentence, where options of the command line are of no help.
    fileprivate var answer: String {
        switch self {
        case .notHeard(let model):
            "The model \(model) takes no hints but those that are all only_here; serve --model "
                + "takes another."
        case .noLikelihoods(let model):
            "The model \(model) gives one colour for a place and no others that are likely; "
                + "serve --model takes another."
        default: description
        }
    }
}

extension HTTPResponse.Status {
    /// The store is full (RFC 4918, 11.5).
    static let insufficientStorage = Self(code: 507, reasonPhrase: "Insufficient Storage")
}
