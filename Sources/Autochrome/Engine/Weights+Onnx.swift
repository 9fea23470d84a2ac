extension Weights {
    /// The whole network as an ONNX file (operations of version 17): lightness, hints, palette and
    /// vividness to a*b*; batch, height and width are free. `GraphPort` names inputs and outputs.
    ///
    /// - Throws: `WeightsError` where they are of no network here.
    package func onnx(_ precision: Precision) throws(WeightsError) -> [UInt8] {
        let model = try ColorModel<GraphTensor>(self)
        let network = type(of: model.network)
        return try WeightsError.wrapping { () throws(TensorError) in
            let graph = Graph()
            let lightness = graph.input(GraphPort.lightness, ["N", 1, "H", "W"])
            let guidance = graph.guidance(of: network, hinted: true)
            var ab = try model.output(from: model.features(of: lightness), guidance)
            if model.looks == 2 {
                let smaller = try lightness.resized(
                    by: SecondLook.numerator, over: SecondLook.denominator,
                    toMultiplesOf: network.multiple)
                ab = try model.averaged(
                    ab, model.output(from: model.features(of: smaller), guidance))
            }
            if network.givesDistribution {
                ab = try model.colors(
                    from: ab, vividness: graph.input(GraphPort.vividness, [1]))
            }
            let side = network.givesDistribution ? " / 4" : ""
            try graph.output(
                GraphPort.ab, ab, ["N", 2, .free("H\(side)"), .free("W\(side)")])
            return try graph.serialized(description(of: network, precision))
        }
    }

    private func description(
        of network: any Network.Type, _ precision: Precision
    ) -> GraphDescription {
        var text = """
            \(network.name), a network of Autochrome that predicts the colour of photographs. \
            lightness: CIELAB L* (D65), 0 to 100; height and width in multiples of \
            \(network.multiple). ab: CIELAB a* and b*
            """
        if network.givesDistribution {
            text += """
                 at a quarter of height and width. vividness: 0, the least error, to 1; \
                \(ReadoutRule.defaultVividness) is usual
                """
        }
        if network.takesHints {
            text += """
                . hints: mean a* / 100 and b* / 100 of the hinted pixels of each 4 x 4, and their \
                share; zeros for none. palette: the share of each of the 261 cells in the picture, \
                and 1; zeros for none
                """
        }
        var facts = metadata
        facts["precision"] = nil
        facts["version"] = Version.current
        facts[ModelUse.workingSideKey] = "\(use.workingSide)"
        facts[ModelUse.looksKey] = "\(use.looks)"
        return GraphDescription(
            name: network.name, text: text + ".",
            facts: facts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
            isHalved: precision == .fp16)
    }
}
