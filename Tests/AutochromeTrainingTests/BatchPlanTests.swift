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

    @Test(arguments: [(30, 6), (10, 2), (9, 1), (5, 1)])
    func `of few photographs at most a fifth is kept for evaluation`(count: Int, kept: Int) throws {
        var recipe = try Self.recipe()
        recipe.evaluationPhotographs = .max
        let names = Array(Self.names.prefix(count))
        let plan = try BatchPlan(names, recipe: recipe, rank: 0, processes: 1)
        #expect(plan.evaluation.count == kept && plan.training.count == count - kept)
    }

    @Test(arguments: [
        (4, "Of 4 photographs 1 is kept for evaluation, and 3 an epoch do not make a batch of 4;"),
        (1, "and 0 an epoch do not make a batch of 4; give more."),
    ])
    func `too few photographs for a batch are told with what helps`(
        count: Int, sentence: String
    ) throws {
        let recipe = try Self.recipe()
        let error = #expect(throws: TrainingError.self) {
            try BatchPlan(
                Array(Self.names.prefix(count)), recipe: recipe, rank: 0, processes: 1)
        }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: ["photos/3f/", "shards/000000.tar!"])
    func `a mixture knows prepared photographs by what they were called`(place: String) throws {
        var recipe = try Self.recipe()
        recipe.evaluateEvery = 0
        recipe.sampling = ["food_": 2, "food_1": 0, "n\u{e3}": 3]
        let stems = ["food_0", "food_1", "cat", "food", "na\u{303}", "n\u{e3}"]
        let names = stems.enumerated().map { "\(place)0000006\($0.offset)-\($0.element).jpg" }
        let plan = try BatchPlan(names, recipe: recipe, rank: 0, processes: 1)
        #expect(plan.photographs(ofEpoch: 0).sorted() == [0, 0, 2, 3, 4, 5, 5, 5])
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
