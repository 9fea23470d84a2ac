internal import AutochromeTraining
internal import FuzzSupport

/// Reads a text as a recipe, and plans a training by it.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: Input.bytes(start, count), as: UTF8.self)
    guard let recipe = try? Recipe(text, file: "recipe.yaml") else { return 0 }
    _ = recipe.optimizer.rate(at: 1, of: recipe.epochs)
    let names = ["a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg", "b/3.jpg"]
    guard let plan = try? BatchPlan(names, recipe: recipe, rank: 1, processes: 2) else { return 0 }
    let steps = recipe.epochs * plan.stepsPerEpoch
    let last = plan.place(ofSample: steps * plan.share - 1)
    precondition(last.epoch == recipe.epochs - 1)
    precondition(plan.photographs(ofEpoch: last.epoch).indices.contains(last.index))
    return 0
}
