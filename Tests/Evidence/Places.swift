public import Foundation

/// Where evidence lies on disk.
public enum Places {
  /// The root of the package, found from the place of this file.
  public static let packageRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The committed selection of conformance cases.
  public static let fixtures = packageRoot.appending(path: "Tests/Fixtures/conformance")

  /// A folder outside the package: the variable, or the default relative to the package's root.
  public static func outside(_ variable: String, default path: String) -> URL {
    if let given = ProcessInfo.processInfo.environment[variable], !given.isEmpty {
      return URL(filePath: given)
    }
    return packageRoot.appending(path: path).standardized
  }

  /// The folder with the recordings of a control plane: `FIDELITY_DIR`, else `../shared/fidelity`.
  public static var fidelity: URL { outside("FIDELITY_DIR", default: "../shared/fidelity") }

  /// The folder with scripts and rules of PromQL: `PROMQL_DIR`, else `../shared/promql`.
  public static var promql: URL { outside("PROMQL_DIR", default: "../shared/promql") }

  /// The folder with all conformance cases: `CONFORMANCE_DIR`, else `../shared/conformance`.
  public static var conformance: URL {
    outside("CONFORMANCE_DIR", default: "../shared/conformance")
  }
}
