import Evidence
import Foundation
import Testing

/// The committed selection of recorded cases: every implemented family, on a bare clone too.
@Suite struct CommittedCases {
  @Test(arguments: FamilyCatalog.all.map { $0.name })
  func familyAgreesWithKubernetes(name: String) throws {
    let file = try ConformanceFile(
      contentsOf: Places.fixtures.appending(path: name + ".jsonl"))
    let result = try ConformanceRun.result(of: file)
    #expect(result.isImplemented)
    #expect(result.caseCount > 0)
    #expect(result.failures.isEmpty, "\(ConformanceRun.report(result))")
  }

  @Test func everyCommittedFileHasAFamily() throws {
    let files = try ConformanceFile.all(in: Places.fixtures).map(\.name)
    #expect(files == FamilyCatalog.all.map { $0.name }.sorted())
  }

  @Test func folderOfFamiliesEqualsTheCatalog() throws {
    let folder = Places.packageRoot.appending(path: "Tests/Evidence/Families")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }.sorted()
    #expect(FamilyCatalog.all.map { String(describing: $0) }.sorted() == files)
    let names = FamilyCatalog.all.map { $0.name }
    #expect(Set(names).count == names.count)
  }
}

/// The runner itself must notice what is wrong, else its green says nothing.
@Suite struct RunnerNoticesDefects {
  @Test func brokenExpectationFails() throws {
    let good = #"{"id":"pod_qos/a","input":{"containers":[]},"expected":{"qosClass":"BestEffort"}}"#
    let bad = good.replacing("BestEffort", with: "Burstable")
    let file = ConformanceFile(name: "pod_qos", text: good + "\n" + bad + "\n")
    let result = try ConformanceRun.result(of: file)
    #expect(result.caseCount == 2)
    #expect(result.passedCount == 1)
    #expect(
      result.failures.map(\.differences)
        == [[#"qosClass: expected "Burstable", got "BestEffort""#]])
  }

  @Test func everyCommittedExpectationMatters() throws {
    for family in FamilyCatalog.all {
      let file = try ConformanceFile(
        contentsOf: Places.fixtures.appending(path: family.name + ".jsonl"))
      let first = try #require(try file.cases().first)
      let answer = try family.answer(to: first.input)
      let differences = try family.differences(
        input: first.input, expected: ["unheard-of": 1], actual: answer)
      #expect(!differences.isEmpty, "\(family.name) accepts anything")
    }
  }

  @Test func unreadableCaseIsAFailure() throws {
    let text = #"{"id":"a","input":{"total":1},"expected":{"value":"0"}}"#
    let result = try ConformanceRun.result(of: ConformanceFile(name: "quantity_parse", text: text))
    #expect(result.failures.count == 1)
  }

  @Test func brokenLineIsNamed() throws {
    let file = ConformanceFile(name: "pod_qos", text: "\n{\"id\":")
    #expect { try file.cases() } throws: {
      "\($0)".hasPrefix("pod_qos.jsonl:2: JSON, byte 6")
    }
  }

  @Test func lineWithoutExpectationIsNamed() throws {
    let file = ConformanceFile(name: "pod_qos", text: #"{"id":"a","input":{}}"#)
    #expect { try ConformanceRun.result(of: file) } throws: {
      "\($0)" == "pod_qos.jsonl:1: member \"expected\" is missing"
    }
  }

  @Test func unknownFamilyIsNotImplemented() throws {
    let file = ConformanceFile(name: "flux_capacitor", text: "{}\n{}\n")
    let result = try ConformanceRun.result(of: file)
    #expect(!result.isImplemented)
    #expect(result.caseCount == 2)
    #expect(result.passedCount == 0)
  }

  @Test func emptyFolderIsAnError() {
    #expect(throws: EvidenceError.self) {
      try ConformanceFile.all(in: Places.packageRoot.appending(path: "Sources/Units"))
    }
  }
}

@Suite struct JSONReading {
  @Test func integersAreExact() throws {
    let tree = try JSON(parsing: "[9223372036854775807,-9223372036854775808,9007199254740993]")
    #expect(tree == [.int(.max), .int(.min), 9_007_199_254_740_993])
  }

  @Test func textsAndEscapes() throws {
    let tree = try JSON(
      parsing: #" {"a\n\"b" : "\u00e9\ud83d\ude00é", "c":[true,false,null,1.5e2]} "#)
    #expect(tree["a\n\"b"] == "é😀é")
    #expect(try tree.elements("c") == [true, false, .null, 150.0])
    #expect(try JSON(parsing: tree.description) == tree)
  }

  @Test(arguments: ["", "{", "[1,]", "{\"a\" 1}", "tru", "1 2", "\"a", "-", "[1}", "\"\\x\""])
  func malformed(text: String) {
    #expect(throws: EvidenceError.self) { try JSON(parsing: text) }
  }

  @Test func deepNestingIsRefused() {
    #expect(throws: EvidenceError.self) {
      try JSON(parsing: String(repeating: "[", count: 100_000))
    }
  }

  @Test func differencesNameTheirPath() {
    let found = Difference.between(
      ["a": [1, 2], "b": ["c": "x"], "d": 1.0],
      ["a": [1, 3, 4], "b": ["c": "y"], "d": 1.0000000001], relativeError: 1e-9)
    #expect(found.map(\.path) == ["a[1]", "a[2]", "b.c"])
  }
}
