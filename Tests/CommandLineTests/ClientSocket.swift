import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A connection to a server of this machine, byte by byte, so that it can misbehave.
final class ClientSocket {
    private let descriptor: Int32
    private var received: [UInt8] = []
    private var port: UInt16

    struct Failure: Error {
        let call: String
        let code: Int32
    }

    /// - Parameters:
    ///   - host: an address of this machine, in numbers.
    ///   - patience: seconds that an answer may take.
    init(host: String = "127.0.0.1", port: UInt16, patience: Int = 120) throws {
        self.port = port
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        var time = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw Failure(call: "connect", code: code)
        }
    }

    deinit { Glibc.close(descriptor) }

    /// Ends the connection both ways, as a program does that is stopped.
    func leave() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Says that no more will come, and goes on listening.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Sends two bytes a second from a thread of its own, until the server has enough of it.
    func drip(_ data: Data) {
        let descriptor = descriptor
        Thread {
            for byte in data {
                guard Glibc.send(descriptor, [byte], 1, Int32(MSG_NOSIGNAL)) == 1 else { return }
                usleep(500_000)
            }
        }.start()
    }

    /// Sends a whole request.
    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: Data = Data()
    ) throws {
        try send(Data(head(method, path, headers, length: body.count).utf8) + body)
    }

    /// The head of a request whose body will have `length` bytes.
    func head(
        _ method: String, _ path: String, _ headers: [String: String] = [:], length: Int
    ) -> String {
        var fields = ["Host": "127.0.0.1:\(port)", "Content-Length": "\(length)"]
        fields.merge(headers) { _, new in new }
        return "\(method) \(path) HTTP/1.1\r\n"
            + fields.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n"
    }

    /// Sends bytes as they are.
    func send(_ data: Data) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(call: "send", code: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// The next bytes; none at the end.
    func receive() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw Failure(call: "recv", code: errno) }
        return Array(buffer.prefix(count))
    }

    /// Reads one answer; its body has a length, comes in chunks, or is absent.
    func answer() throws -> Answer {
        while received.range(of: "\r\n\r\n") == nil { try more() }
        let end = received.range(of: "\r\n\r\n")?.upperBound ?? 0
        let head = String(decoding: received[..<end], as: UTF8.self)
        received.removeFirst(end)
        var answer = Answer(head: head)
        if let length = answer["Content-Length"].flatMap(Int.init) {
            answer.body = try take(length)
        } else if answer["Transfer-Encoding"] == "chunked" {
            while let chunk = try chunk() { answer.body += chunk }
        }
        return answer
    }

    private func chunk() throws -> Data? {
        while received.range(of: "\r\n") == nil { try more() }
        guard let end = received.range(of: "\r\n"),
            let length = Int(
                String(decoding: received[..<end.lowerBound], as: UTF8.self), radix: 16)
        else { throw Failure(call: "chunk", code: 0) }
        received.removeFirst(end.upperBound)
        let chunk = try take(length)
        _ = try take(2)
        return length == 0 ? nil : chunk
    }

    private func take(_ count: Int) throws -> Data {
        while received.count < count { try more() }
        defer { received.removeFirst(count) }
        return Data(received.prefix(count))
    }

    private func more() throws {
        let bytes = try receive()
        guard !bytes.isEmpty else { throw Failure(call: "closed", code: 0) }
        received += bytes
    }
}

extension [UInt8] {
    fileprivate func range(of text: String) -> Range<Int>? {
        Data(self).range(of: Data(text.utf8))
    }
}
