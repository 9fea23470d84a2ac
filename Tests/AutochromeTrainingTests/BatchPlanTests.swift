import AutochromeTraining
import Testing

@Suite struct BatchPlanTests {
    private static let names = (10..<40).map { "\($0).jpg" }

    private static func recipe() throws -> Recipe {
        var recipe = try Recipe(reading: Scratch.checkout("Recipes/autochrome.yaml"))
        recipe.batchSize = 4
        recipe.evaluationPhotographs = 5
        return recipe
    }

    @Test func `processes share each batch, and nothing twice`() throws {
        let recipe = try Self.recipe()
        let plans = try (0..<2).map {
            try BatchPlan(Self.names, recipe: recipe, rank: $0, processes: 2)
        }
        let whole = try BatchPlan(Self.names, recipe: recipe, rank: 0, processes: 1)
        for step in 0..<14 {
            let shares = plans.flatMap { plan in
                (0..<2).map { plan.place(ofSample: step * plan.share + $0).index }
            }
            #expect(shares == (0..<4).map { whole.place(ofSample: step * 4 + $0).index })
            #expect(plans[0].place(ofStep: step).epoch == step / 6)
        }
    }

    @Test func `photographs for evaluation are not learnt from`() throws {
        let plan = try BatchPlan(
            Self.names, recipe: try Self.recipe(), rank: 0, processes: 1)
        #expect(plan.evaluation.count == 5 && plan.training.count == 25)
        #expect(Set(plan.evaluation).isDisjoint(with: plan.training))
        #expect(plan.photographs(ofEpoch: 2).sorted() == plan.training)
    }

    @Test func `more photographs for evaluation than there are leave none to learn from`() throws {
        var recipe = try Self.recipe()
        recipe.evaluationPhotographs = .max
        let error = #expect(throws: TrainingError.self) {
            try BatchPlan(Self.names, recipe: recipe, rank: 0, processes: 1)
        }
        #expect(error?.description.contains("30 are kept for evaluation") == true)
    }

    @Test func `a mixture takes kinds as often as it says, over the epochs all of them`() throws {
        var recipe = try Self.recipe()
        recipe.evaluateEvery = 0
        recipe.sampling = ["1": 0.3, "2": 2]
        let plan = try BatchPlan(Self.names, recipe: recipe, rank: 0, processes: 1)
        let epochs = (0..<20).map { plan.photographs(ofEpoch: $0) }
        for photographs in epochs {
            #expect(photographs.count == 33)
            #expect(photographs.count { $0 < 10 } == 3)
            #expect((10..<20).allSatisfy { place in photographs.count { $0 == place } == 2 })
            #expect((20..<30).allSatisfy { place in photographs.count { $0 == place } == 1 })
        }
        #expect(Set(epochs.joined()).count == 30)
        #expect(epochs[3] == plan.photographs(ofEpoch: 3))
    }

    @Test func `a kind that the data set has not is refused`() throws {
        var recipe = try Self.recipe()
        recipe.sampling = ["cats_": 2]
        let error = #expect(throws: TrainingError.self) {
            try BatchPlan(Self.names, recipe: recipe, rank: 0, processes: 1)
        }
        #expect(error?.description.contains("cats_") == true)
    }

    @Test func `a batch that cannot be shared is refused`() throws {
        let recipe = try Self.recipe()
        let error = #expect(throws: TrainingError.self) {
            try BatchPlan(Self.names, recipe: recipe, rank: 0, processes: 3)
        }
        #expect(error?.description.contains("multiple of 3") == true)
    }
}
