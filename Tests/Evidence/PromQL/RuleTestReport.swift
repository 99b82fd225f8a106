public import Foundation
import Manifests
import PromQL

/// Tests of rules and rule files, as `make promql` shows them.
public enum RuleTestReport {
  /// What `promtool` says of a file by its name: these hold errors on purpose.
  static func isWrongOnPurpose(_ name: String) -> Bool {
    ["bad", "failing", "extrafields", "rules_run"].contains { name.contains($0) }
  }

  /// Runs or reads every file of the folders `rules_unit`, `kubernetes-mixin` and `rules`.
  ///
  /// A folder that is not there is said to be skipped.
  ///
  /// - Returns: whether each file passes, or fails where it is wrong on purpose.
  public static func run(in folder: URL, print: (String) -> Void) throws -> Bool {
    var asExpected = 0
    var files = 0
    for name in ["rules_unit", "kubernetes-mixin", "rules"] {
      guard FileManager.default.fileExists(atPath: folder.appending(path: name).path) else {
        print("SKIPPED: there is no folder \(name)")
        continue
      }
      for url in try yamlFiles(below: folder.appending(path: name)) {
        let text = try String(contentsOf: url, encoding: .utf8)
        let isTest = text.split(separator: "\n").contains { $0.hasPrefix("tests:") }
        let result = isTest ? RuleTestRun.result(of: url) : try read(url)
        let isWrong = isWrongOnPurpose(url.lastPathComponent)
        let isFine = result.failures.isEmpty != isWrong
        files += 1
        if isFine { asExpected += 1 }
        let shown = url.path.replacing(folder.path + "/", with: "")
        print(line(result, name: shown, isFine: isFine, isWrong: isWrong))
        for failure in result.failures { print("    " + failure) }
      }
    }
    print("rules: \(asExpected) of \(files) files as expected")
    return asExpected == files
  }

  private static func yamlFiles(below folder: URL) throws -> [URL] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }.sorted()
      .map { folder.appending(path: $0) }
  }

  private static func read(_ url: URL) throws -> RuleTestResult {
    let set = RuleReader.read(files: [(url.lastPathComponent, try Array(Data(contentsOf: url)))])
    return RuleTestResult(
      name: url.lastPathComponent, passed: set.groups.reduce(0) { $0 + $1.rules.count },
      failures: set.diagnostics.filter { $0.severity == .error }.map(\.description))
  }

  private static func line(
    _ result: RuleTestResult, name: String, isFine: Bool, isWrong: Bool
  ) -> String {
    var text = "\(isFine ? "✔" : "✗") \(name): \(result.passed) passed"
    if !result.failures.isEmpty { text += ", \(result.failures.count) failed" }
    if result.leftOut > 0 { text += ", \(result.leftOut) left out: native histograms" }
    return text + (isWrong ? " (wrong on purpose)" : "")
  }
}
