import Autochrome
import Testing

@Suite struct WorkingSizeTests {
    @Test(
        "The shorter side becomes the detail, up or down, and the longer at most four times it",
        arguments: [
            (4000, 3000, 341, 256), (3000, 4000, 256, 341), (100, 100, 256, 256),
            (1, 1, 256, 256), (200, 20000, 10, 1024), (20000, 200, 1024, 10),
            (100_000, 1, 1024, 1),
        ])
    func size(width: Int, height: Int, expectedWidth: Int, expectedHeight: Int) {
        let size = WorkingSize(width: width, height: height, detail: 256)
        #expect(size.width == expectedWidth)
        #expect(size.height == expectedHeight)
        #expect(size.paddedWidth % 32 == 0 && size.paddedWidth - size.width < 32)
        #expect(size.paddedHeight % 32 == 0 && size.paddedHeight - size.height < 32)
    }

    @Test("A photograph at half its size is seen at the same size")
    func halfSize() {
        let whole = WorkingSize(width: 4000, height: 3000, detail: 256)
        #expect(whole == WorkingSize(width: 2000, height: 1500, detail: 256))
    }
}
