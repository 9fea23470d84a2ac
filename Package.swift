// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "autochrome",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Autochrome", targets: ["Autochrome"]),
        .executable(name: "autochrome", targets: ["AutochromeCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"6.0.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.0.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibvips", path: "Sources/CLibvips", pkgConfig: "vips",
            providers: [.apt(["libvips-dev"]), .brew(["vips"])]),
        .systemLibrary(
            name: "CLibexiv2", path: "Sources/CLibexiv2", pkgConfig: "exiv2",
            providers: [.apt(["libexiv2-dev"]), .brew(["exiv2"])]),
        .systemLibrary(
            name: "CLibjpeg", path: "Sources/CLibjpeg", pkgConfig: "libjpeg",
            providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
        .systemLibrary(
            name: "CLiblcms2", path: "Sources/CLiblcms2", pkgConfig: "lcms2",
            providers: [.apt(["liblcms2-dev"]), .brew(["little-cms2"])]),
        .systemLibrary(
            name: "CLibtiff", path: "Sources/CLibtiff", pkgConfig: "libtiff-4",
            providers: [.apt(["libtiff-dev"]), .brew(["libtiff"])]),
        .systemLibrary(
            name: "CLibheif", path: "Sources/CLibheif", pkgConfig: "libheif",
            providers: [.apt(["libheif-dev"]), .brew(["libheif"])]),
        .systemLibrary(
            name: "CLibarchive", path: "Sources/CLibarchive", pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
        .systemLibrary(
            name: "CLibyaml", path: "Sources/CLibyaml", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .target(name: "CTorch"),
        .target(name: "COpenVINO"),
        .target(
            name: "CVips",
            dependencies: ["CLibvips", "CLibjpeg", "CLiblcms2", "CLibtiff", "CLibheif"]),
        .target(name: "CExiv2", dependencies: ["CLibexiv2"]),
        .target(name: "CArchive", dependencies: ["CLibarchive"]),
        .target(name: "CYAML", dependencies: ["CLibyaml"]),
        .target(
            name: "Autochrome",
            dependencies: [
                "COpenVINO", "CTorch", "CVips", "CExiv2",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Graph/ONNX/onnx.proto"], swiftSettings: strict),
        .target(
            name: "AutochromeTraining",
            dependencies: [
                "Autochrome", "CArchive", "CYAML",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(
            name: "AutochromeServer",
            dependencies: [
                "Autochrome",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            resources: [.embedInCode("Page"), .embedInCode("openapi.yaml")],
            swiftSettings: strict),
        .executableTarget(
            name: "AutochromeCLI",
            dependencies: [
                "Autochrome", "AutochromeServer", "AutochromeTraining",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AutochromeTests",
            dependencies: [
                "Autochrome", .product(name: "SystemPackage", package: "swift-system"),
            ],
            resources: [.copy("Fixtures")], swiftSettings: strict),
        .testTarget(
            name: "AutochromeTrainingTests",
            dependencies: [
                "Autochrome", "AutochromeTraining",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "Autochrome", "AutochromeCLI", "AutochromeServer",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["schemathesis.toml"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)

// The harnesses of Scripts/fuzz, whose `main` is libFuzzer's.
if Context.environment["AUTOCHROME_FUZZ"] != nil {
    let harnesses: [(name: String, dependencies: [Target.Dependency])] = [
        ("Weights", ["Autochrome"]),
        ("Recipe", ["AutochromeTraining"]),
        (
            "Dataset",
            ["AutochromeTraining", .product(name: "SystemPackage", package: "swift-system")]
        ),
        (
            "Server",
            [
                "Autochrome", "AutochromeServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        ("Hints", ["Autochrome"]),
        ("Photo", ["Autochrome", .product(name: "SystemPackage", package: "swift-system")]),
    ]
    package.targets.append(
        .target(name: "FuzzSupport", path: "Fuzz/Support", swiftSettings: strict))
    for (name, dependencies) in harnesses {
        package.targets.append(
            .executableTarget(
                name: "Fuzz\(name)", dependencies: ["FuzzSupport"] + dependencies,
                path: "Fuzz/\(name)",
                swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
    }
}
