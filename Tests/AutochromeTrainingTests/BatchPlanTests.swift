import AutochromeTraining
import Testing

@Suite struct BatchPlanTests {
    private static func recipe() throws -> Recipe {
        var recipe = try Recipe(reading: TestFolder.checkout("Recipes/autochrome.yaml"))
        recipe.batchSize = 4
        recipe.evaluationPhotographs = 5
        return recipe
    }

    @Test func `processes share each batch, and nothing twice`() throws {
        let recipe = try Self.recipe()
        let plans = try (0..<2).map {
            try BatchPlan(photographs: 30, recipe: recipe, rank: $0, processes: 2)
        }
        let whole = try BatchPlan(photographs: 30, recipe: recipe, rank: 0, processes: 1)
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
            photographs: 30, recipe: try Self.recipe(), rank: 0, processes: 1)
        #expect(plan.evaluation.count == 5 && plan.training.count == 25)
        #expect(Set(plan.evaluation).isDisjoint(with: plan.training))
        #expect(plan.photographs(ofEpoch: 2).sorted() == plan.training)
    }

    @Test func `a batch that cannot be shared is refused`() throws {
        let recipe = try Self.recipe()
        let error = #expect(throws: TrainingError.self) {
            try BatchPlan(photographs: 30, recipe: recipe, rank: 0, processes: 3)
        }
        #expect(error?.description.contains("multiple of 3") == true)
    }
}
