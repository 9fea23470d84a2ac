internal import Dispatch
internal import Synchronization

/// Runs an actor's jobs, one after the other, on one thread that does nothing else.
final class ThreadExecutor: SerialExecutor {
    private let inbox = Inbox()

    init(label: String) {
        let inbox = inbox
        // A block that stays until the executor goes holds one thread for all that time.
        DispatchQueue(label: label).async {
            while let (job, executor) = inbox.next() {
                job.runSynchronously(on: executor.asUnownedSerialExecutor())
            }
        }
    }

    deinit {
        inbox.close()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        inbox.add(UnownedJob(job), self)
    }

    /// The jobs that wait. Each holds the executor, which thus outlives its last job.
    private final class Inbox: Sendable {
        private struct Content {
            var jobs: [(UnownedJob, ThreadExecutor)] = []
            var isClosed = false
        }

        private let content = Mutex(Content())
        private let changes = DispatchSemaphore(value: 0)

        func add(_ job: UnownedJob, _ executor: ThreadExecutor) {
            content.withLock { $0.jobs.append((job, executor)) }
            changes.signal()
        }

        func close() {
            content.withLock { $0.isClosed = true }
            changes.signal()
        }

        /// Waits for a job; nil once the inbox is closed.
        func next() -> (UnownedJob, ThreadExecutor)? {
            changes.wait()
            return content.withLock { content in
                content.jobs.isEmpty ? nil : content.jobs.removeFirst()
            }
        }
    }
}
