// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds Wavetank builds its benchmarks. It sees products only.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "wavetank", path: "..")],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: [.product(name: "WavetankCore", package: "wavetank")],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .treatAllWarnings(as: .error),
      ])
  ],
  swiftLanguageModes: [.v6]
)
