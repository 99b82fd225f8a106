import Evidence
import Foundation
import PromQL
import Testing

/// Scripts in the language of Prometheus' own tests.
@Suite struct ScriptTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/promql")
  static let names: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (files ?? []).filter { $0.hasSuffix(".test") }.sorted()
  }()

  private func text(_ name: String) throws -> String {
    try String(contentsOf: ScriptTests.folder.appending(path: name), encoding: .utf8)
  }

  @Test(arguments: names)
  func ourScriptsPass(name: String) throws {
    let result = try PromQLScriptRun.result(of: try text(name), name: name)
    #expect(result.failures.isEmpty, "\(PromQLReport.text(result))")
    #expect(result.passedCount > 0 && result.leftOutCount == 0)
  }

  @Test func ourScriptsUseEveryFunctionAndOperator() throws {
    let all = try ScriptTests.names.map(text).joined(separator: "\n")
    #expect(ScriptTests.names.count >= 10)
    for function in Function.allCases {
      #expect(all.contains("\(function.name)("), "\(function.name) stands in no script")
    }
    for operation in BinaryOperation.Operation.allCases {
      #expect(all.contains(" \(operation.rawValue) "), "\(operation.rawValue) stands in no script")
    }
    for operation in Aggregation.Operation.allCases {
      let isThere =
        all.contains("\(operation.rawValue)(") || all.contains("\(operation.rawValue) by")
      #expect(isThere, "\(operation.rawValue) stands in no script")
    }
  }

  /// A wrong value, a missing or additional series, an annotation: the runner tells each.
  @Test(arguments: [
    ("eval instant at 0 m", "  m{a=\"1\"} 2", "expected 2"),
    ("eval instant at 0 m", "", "+ m{a=\"1\"} 1.0"),
    ("eval instant at 0 m", "  m{a=\"1\"} 1\n  m{a=\"2\"} 1", "- m{a=\"2\"}"),
    ("eval range from 0 to 2m step 1m m", "  m{a=\"1\"} 1 2", "expected 1.0@0 2.0@60000"),
    ("eval instant at 0 m + on (a) m{a=\"1\"}", "  expect fail", "there is an answer"),
    ("eval instant at 0 m{a=\"1\"} / on (b) m", "  expect fail msg: no", "there is an answer"),
    ("eval instant at 0 label_replace(m, \"a\", \"\", \"a\", \"(\")", "", "failed: "),
    ("eval instant at 0 quantile(2, m)", "  expect no_warn\n  {} +Inf", "unexpected annotation"),
    ("eval instant at 0 m", "  expect info\n  m{a=\"1\"} 1", "missing annotation"),
    ("eval instant at 0 1", "  2", "expected 2"),
    ("eval instant at 0 \"a\"", "  expect string \"b\"", "expected string b"),
  ])
  func aWrongExpectationFails(command: String, expected: String, reason: String) throws {
    let script = "load 1m\n  m{a=\"1\"} 1 2 3\n\n\(command)\n\(expected)\n"
    let result = try PromQLScriptRun.result(of: script, name: "wrong")
    #expect(result.passedCount == 0)
    #expect(result.failures.first?.reason.contains(reason) == true, "\(result.failures)")
  }

  @Test func onlyQueriesOfNativeHistogramsAreLeftOut() throws {
    let script = """
      load_with_nhcb 1m
        h_bucket{le="+Inf"} 1 2
        native {{count:1 sum:2}} {{}}+{{count:1}}x3

      eval instant at 1m native
        {} 1

      eval instant at 1m h
        {} 1

      eval instant at 1m h_bucket
        h_bucket{le="+Inf"} 2

      """
    let result = try PromQLScriptRun.result(of: script, name: "native")
    #expect(result.leftOutCount == 2 && result.passedCount == 1 && result.failures.isEmpty)
  }

  @Test func theSharedScriptsPass() throws {
    let folder = Places.promql.appending(path: "promqltest")
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
      print("SKIPPED: no shared PromQL scripts in \(folder.path); set PROMQL_DIR to run them")
      return
    }
    var results: [PromQLScriptResult] = []
    for file in files.filter({ $0.hasSuffix(".test") }).sorted() {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      results.append(try PromQLScriptRun.result(of: text, name: file))
    }
    for result in results where !result.failures.isEmpty { print(PromQLReport.text(result)) }
    print(PromQLReport.summary(results))
    #expect(PromQLReport.isGoodEnough(results))
  }
}
