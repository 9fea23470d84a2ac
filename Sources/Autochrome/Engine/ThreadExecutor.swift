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
        private let jobs = Mutex<[(UnownedJob, ThreadExecutor)]>([])
        private let changes = DispatchSemaphore(value: 0)

        func add(_ job: UnownedJob, _ executor: ThreadExecutor) {
            jobs.withLock { $0.append((job, executor)) }
            changes.signal()
        }

        func close() { changes.signal() }

        /// Waits for a job; nil once the inbox is closed, which is a signal without a job.
        func next() -> (UnownedJob, ThreadExecutor)? {
            changes.wait()
            return jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        }
    }
}
