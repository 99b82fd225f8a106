// swift-tools-version: 6.2
import PackageDescription

// Every target is built with these.
let common: [SwiftSetting] = [
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
  .enableUpcomingFeature("ExistentialAny"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
  .enableUpcomingFeature("MemberImportVisibility"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
  .enableUpcomingFeature("InternalImportsByDefault"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]
// Outside Support, every unsafe expression is named.
let strict = common + [.strictMemorySafety()]

func system(_ name: String, _ pkg: String, apt: String, brew: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/System/\(name)", pkgConfig: pkg,
    providers: [.apt([apt]), .brew([brew])])
}

func support(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/Support/\(name)", swiftSettings: common)
}

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["Evidence"], path: "Tests/\(name)Tests",
    swiftSettings: common)
}

let package = Package(
  name: "wavetank",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "wavetank", targets: ["wavetank"]),
    // For the nested package Benchmarks, which sees products only.
    .library(
      name: "WavetankCore",
      targets: ["Units", "Kernel", "ClusterAPI", "PromQL", "Control", "World"]),
    .library(name: "WavetankHarness", targets: ["Harness"]),
  ],
  targets: [
    system("CSQLite", "sqlite3", apt: "libsqlite3-dev", brew: "sqlite"),
    system("CYAML", "yaml-0.1", apt: "libyaml-dev", brew: "libyaml"),
    system("CZlib", "zlib", apt: "zlib1g-dev", brew: "zlib"),

    support("Arguments"),
    support("Compression", ["CZlib"]),
    support("SQLite", ["CSQLite"]),
    support("YAML", ["CYAML"]),

    // Rounding of floating-point numbers compiles to calls of libm.
    .target(
      name: "Units", path: "Sources/Units", swiftSettings: strict,
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    room("Kernel", ["Units"]),
    room("ClusterAPI", ["Units"]),
    room("PromQL", ["Units", "Kernel"]),
    room("Control", ["Units", "ClusterAPI", "PromQL"]),
    room("World", ["Units", "Kernel", "ClusterAPI", "PromQL", "Control"]),
    room("Chaos", ["Units", "ClusterAPI", "World"]),
    room("Verdict", ["Units", "Kernel", "ClusterAPI", "PromQL", "Control", "World"]),
    room("Manifests", ["Units", "ClusterAPI", "PromQL", "Control", "YAML"]),
    room("Recording", ["Units", "ClusterAPI", "Verdict", "SQLite", "Compression"]),
    room(
      "Harness",
      [
        "Units", "Kernel", "ClusterAPI", "PromQL", "Control", "World", "Chaos", "Verdict",
        "Manifests", "Recording", "YAML",
      ]),
    room("Reporting", ["Units", "ClusterAPI", "PromQL", "Recording"]),
    .executableTarget(
      name: "wavetank",
      dependencies: [
        "Units", "Kernel", "ClusterAPI", "PromQL", "Control", "World", "Chaos", "Verdict",
        "Manifests", "Recording", "Harness", "Reporting", "Arguments", "SQLite", "YAML",
      ],
      path: "Sources/wavetank", swiftSettings: strict),

    // What tests and the conformance runner share: reading of recordings and vectors.
    .target(
      name: "Evidence",
      dependencies: [
        "Units", "Kernel", "ClusterAPI", "PromQL", "Control", "World", "Verdict", "Manifests",
        "Harness", "YAML",
      ],
      path: "Tests/Evidence", swiftSettings: common),
    .executableTarget(
      name: "conformance", dependencies: ["Evidence"], path: "Tests/Conformance",
      swiftSettings: common),
    .executableTarget(
      name: "fidelity", dependencies: ["Evidence", "World"], path: "Tests/Fidelity",
      swiftSettings: common),
    .executableTarget(
      name: "promqlscripts", dependencies: ["Evidence"], path: "Tests/PromQLScripts",
      swiftSettings: common),

    .executableTarget(
      name: "releases", dependencies: ["Evidence"], path: "Tests/Releases", swiftSettings: common),

    tests("Units", ["Units"]),
    tests("Kernel", ["Units", "Kernel"]),
    tests("PromQL", ["PromQL"]),
    tests("ClusterAPI", ["Units", "ClusterAPI"]),
    tests("Control", ["Units", "ClusterAPI", "PromQL", "Control", "World"]),
    tests("World", ["Units", "Kernel", "ClusterAPI", "PromQL", "Control", "World"]),
    tests("Chaos", ["Units", "Kernel", "ClusterAPI", "Control", "World", "Chaos", "Harness"]),
    tests(
      "Verdict",
      [
        "Units", "Kernel", "ClusterAPI", "Control", "World", "Verdict", "Manifests", "Harness",
      ]),
    tests("Manifests", ["Units", "ClusterAPI", "PromQL", "Control", "Manifests", "YAML"]),
    tests("Recording", ["Units", "ClusterAPI", "Verdict", "Recording", "SQLite"]),
    tests(
      "Harness",
      [
        "Units", "Kernel", "ClusterAPI", "PromQL", "Control", "World", "Chaos", "Verdict",
        "Manifests", "Recording", "Harness", "YAML",
      ]),
    tests("Reporting", ["Units", "ClusterAPI", "PromQL", "Verdict", "Recording", "Reporting"]),
    tests("Support", ["Arguments", "Compression", "SQLite", "YAML"]),
    tests("Fidelity", ["World"]),
    tests("Command", ["wavetank", "Arguments", "SQLite"]),
    .testTarget(name: "TidyTests", path: "Tests/TidyTests", swiftSettings: common),
  ],
  swiftLanguageModes: [.v6]
)
