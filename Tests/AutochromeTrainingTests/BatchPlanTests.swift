import AutochromeTraining
import Testing

@Suite struct BatchPlanTests {
    private static let names = (10..<40).map { "\($0).jpg" }

    private static func recipe() throws -> Recipe {
        var recipe = try Recipe(reading: Scratch.checkout("Recipes/autochrome.yaml"))
        recipe.batchSize = 4
        recipe.evaluationShare = 0.2
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
            #expect(plans[0].place(ofStep: step).epoch == step / whole.stepsPerEpoch)
        }
    }

    @Test func `photographs for evaluation are not learnt from`() throws {
        let plan = try BatchPlan(
            Self.names, recipe: try Self.recipe(), rank: 0, processes: 1)
        #expect((1..<12).contains(plan.evaluation.count))
        #expect(plan.evaluation.count + plan.training.count == 30)
        #expect(Set(plan.evaluation).isDisjoint(with: plan.training))
        #expect(plan.photographs(ofEpoch: 2).sorted() == plan.training)
    }

    @Test func `what is held out stays so, whatever is added and wherever it lies`() throws {
        let recipe = try Self.recipe()
        let plan = try BatchPlan(Self.names, recipe: recipe, rank: 0, processes: 1)
        let held = Set(plan.evaluation.map { Self.names[$0] })
        let more = (40..<400).map { "new/\($0).png" } + Self.names.map { "a.tar!b/\($0)" }
        let grown = try BatchPlan(more, recipe: recipe, rank: 0, processes: 1)
        let later = grown.evaluation.map { more[$0] }.filter { $0.hasPrefix("a.tar!") }
        #expect(Set(later) == Set(held.map { "a.tar!b/\($0)" }))
        #expect((50..<110).contains(grown.evaluation.count))
    }

    @Test func `of few photographs one at least is held out, none where none is wanted`() throws {
        var recipe = try Self.recipe()
        recipe.evaluationShare = 1e-9
        let plan = try BatchPlan(Self.names, recipe: recipe, rank: 0, processes: 1)
        #expect(plan.evaluation.count == 1 && plan.training.count == 29)
        recipe.evaluationShare = 0
        let whole = try BatchPlan(Self.names, recipe: recipe, rank: 0, processes: 1)
        #expect(whole.evaluation.isEmpty && whole.training.count == 30)
    }

    @Test func `photographs that are not to be used are in neither part`() throws {
        let plan = try BatchPlan(
            Self.names, using: Array(0..<20), recipe: try Self.recipe(), rank: 0, processes: 1)
        #expect((plan.evaluation + plan.training).sorted() == Array(0..<20))
    }

    @Test(arguments: [
        (2, "Of 2 photographs 1 is kept for evaluation, and 1 an epoch do not make a batch of 4;"),
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
        recipe.evaluationShare = 0
        recipe.sampling = ["food_": 2, "food_1": 0, "n\u{e3}": 3]
        let stems = ["food_0", "food_1", "cat", "food", "na\u{303}", "n\u{e3}"]
        let names = stems.enumerated().map { "\(place)0000006\($0.offset)-\($0.element).jpg" }
        let plan = try BatchPlan(names, recipe: recipe, rank: 0, processes: 1)
        #expect(plan.photographs(ofEpoch: 0).sorted() == [0, 0, 2, 3, 4, 5, 5, 5])
    }

    @Test func `a mixture takes kinds as often as it says, over the epochs all of them`() throws {
        var recipe = try Self.recipe()
        recipe.evaluationShare = 0
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
