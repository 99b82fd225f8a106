import Foundation
import PromQL
import Testing

/// The table of docs/promql.md is the table of the code. UPDATE_GOLDEN=1 rewrites it, and fails.
@Suite struct FunctionDocsTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/promql.md")
  private static let head = "| Function | Arguments | Result |\n|---|---|---|\n"

  private func line(_ function: Function) -> String {
    let signature = function.signature
    let required = signature.arguments.count - signature.optionalCount
    var arguments = signature.arguments.enumerated().map { at, type in
      at < required ? type.rawValue : "\(type.rawValue)?"
    }
    switch signature.furtherCount {
    case nil: arguments.append("…")
    case 0?: break
    case let count?: arguments.append("and up to \(count) more")
    }
    let list = arguments.joined(separator: ", ")
    return "| `\(function.name)` | \(list) | \(function.result.rawValue) |\n"
  }

  @Test func theTableIsThatOfTheCode() throws {
    let text = try String(contentsOf: FunctionDocsTests.page, encoding: .utf8)
    let parts = text.components(separatedBy: FunctionDocsTests.head)
    let start = try #require(parts.count == 2 ? parts[0] : nil)
    let table = Function.allCases.sorted { $0.name < $1.name }.map(line).joined()
    let whole = start + FunctionDocsTests.head + table
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try whole.write(to: FunctionDocsTests.page, atomically: true, encoding: .utf8)
      Issue.record("the table was rewritten")
    }
    #expect(text == whole)
  }
}
