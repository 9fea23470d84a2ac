/// Photographs of each batch, of all processes and of this one.
package struct BatchPlan: Sendable, Equatable {
    /// The places of the photographs to learn from.
    package let training: [Int]
    /// The places of those kept for evaluation.
    package let evaluation: [Int]
    /// Batch size, over all processes.
    package let batchSize: Int
    /// This process's place, 0..<processes.
    package let rank: Int
    /// Number of processes that share each batch.
    package let processes: Int
    private let mixture: Mixture
    private let order: SampleOrder

    /// - Parameters:
    ///   - names: of the photographs.
    ///   - numbers: of those that are used; nil for all.
    ///   - recipe: of which batch size, order, sampling and the share held out are taken.
    ///   - rank: this process's place.
    ///   - processes: how many share each batch.
    /// - Throws: `TrainingError.data` when there are too few photographs for one batch,
    ///   `.options` when the batch cannot be shared by the processes.
    package init(
        _ names: [String], using numbers: [Int]? = nil, recipe: Recipe, rank: Int, processes: Int
    ) throws(TrainingError) {
        guard recipe.batchSize % (processes * recipe.accumulation) == 0 else {
            throw .options(
                "A batch of \(recipe.batchSize) cannot be shared equally by \(processes) "
                    + "processes in \(recipe.accumulation) parts each; give --batch-size a "
                    + "multiple of \(processes * recipe.accumulation).")
        }
        let numbers = numbers ?? Array(names.indices)
        evaluation = Self.heldOut(of: numbers, names, share: recipe.evaluationShare)
        let reserved = Set(evaluation)
        training = numbers.filter { !reserved.contains($0) }
        mixture = try Mixture(
            of: training.map { names[$0] }, shares: recipe.sampling, seed: recipe.seed)
        guard mixture.count >= recipe.batchSize else {
            throw .data(
                "Of \(numbers.count) photographs \(evaluation.count) "
                    + (evaluation.count == 1 ? "is" : "are") + " kept for "
                    + "evaluation, and \(mixture.count) an epoch do not make a batch of "
                    + "\(recipe.batchSize); give more"
                    + (mixture.count > 0 ? ", or a smaller --batch-size." : "."))
        }
        batchSize = recipe.batchSize
        (self.rank, self.processes) = (rank, processes)
        order = SampleOrder(
            count: mixture.count, shuffles: recipe.shuffles, buffer: recipe.shuffleBuffer,
            seed: recipe.seed)
    }

    /// Those kept for evaluation: chosen by a hash of the name, so that they stay kept whatever
    /// photographs are added or taken away; at least one.
    private static func heldOut(of numbers: [Int], _ names: [String], share: Double) -> [Int] {
        guard share > 0 else { return [] }
        let hashed = numbers.map { number in
            let name = PhotoSource.commonName(of: names[number])
            return (number, Double(CRC32C.checksum(Array(name.utf8))) * 0x1p-32)
        }
        let chosen = hashed.filter { $0.1 < share }.map(\.0)
        return chosen.isEmpty ? hashed.min { $0.1 < $1.1 }.map { [$0.0] } ?? [] : chosen
    }

    /// Whole batches an epoch; what is left over waits for another order.
    package var stepsPerEpoch: Int { mixture.count / batchSize }

    /// Photographs a step for this process.
    package var share: Int { batchSize / processes }

    /// The epoch of a step, and the batch's number in it; all from 0.
    package func place(ofStep step: Int) -> (epoch: Int, batch: Int) {
        (step / stepsPerEpoch, step % stepsPerEpoch)
    }

    /// Where this process's sample of that number, counted from the first step on, comes from:
    /// the epoch, and the place in the epoch's order.
    package func place(ofSample number: Int) -> (epoch: Int, index: Int) {
        let (epoch, batch) = place(ofStep: number / share)
        return (epoch, batch * batchSize + rank * share + number % share)
    }

    /// The photographs in the order of an epoch.
    package func photographs(ofEpoch epoch: Int) -> [Int] {
        let places = mixture.places(ofEpoch: epoch)
        return order.indices(ofEpoch: epoch).map { training[places[$0]] }
    }
}
