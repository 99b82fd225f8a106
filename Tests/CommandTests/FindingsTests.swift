import Foundation
import Testing

/// `wavetank rehearse`: what it finds, in every form, and when it fails.
@Suite struct FindingsTests {
  private static let head = Sandbox.web.replacing("shop/web:v1", with: "shop/web:v2")
  /// It refers to a key that its ConfigMap does not have.
  private static let bad =
    head.replacing(
      "\"shop/web:v2\"}",
      with: "\"shop/web:v2\", env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: b}}}]}")
    + "\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: one}\n"

  private func rehearse(_ words: String..., in sandbox: Sandbox) throws -> Executable.Result {
    try Executable.run(
      ["rehearse", "--base", "old.yaml", "-f", "new.yaml", "--no-record"] + words,
      in: sandbox.folder)
  }

  private func trees(_ head: String = bad, _ body: (Sandbox) throws -> Void) throws {
    try Sandbox.with(["old.yaml": Sandbox.web, "new.yaml": head]) { try body($0) }
  }

  @Test func onlyANewErrorFails() throws {
    try trees { sandbox in
      let result = try rehearse("--findings-only", in: sandbox)
      #expect(result.code == 1 && result.errors.isEmpty, "\(result.errors)")
      #expect(result.output.contains("error missing-reference"), "\(result.output)")
      #expect(result.output.contains("was so before"))
      let never = try rehearse("--findings-only", "--fail-on", "never", in: sandbox)
      #expect(never.code == 0)
      let accepted = try rehearse("--findings-only", "--accept", "missing-reference", in: sandbox)
      #expect(accepted.code == 0, "\(accepted.output)")
      let wrong = try rehearse("--findings-only", "--accept", "missing-referense", in: sandbox)
      #expect(wrong.code == 2 && wrong.errors.contains("missing-reference"), "\(wrong.errors)")
    }
    try trees(Self.head) { sandbox in
      for words in [["--fail-on", "error"], ["--fail-on", "note"]] {
        let result = try rehearse("--findings-only", words[0], words[1], in: sandbox)
        #expect(result.code == 0, "\(result.output)")
      }
    }
  }

  @Test func aReasonStandsBesideTheManifests() throws {
    try trees { sandbox in
      let head = "apiVersion: wavetank.dev/v1\nkind: Rehearsal\n"
      try sandbox.write(
        head + "accept: [{id: missing-reference, reason: made by an operator}]\n",
        to: "wavetank.yaml")
      let result = try rehearse("--findings-only", in: sandbox)
      #expect(result.code == 0 && result.output.contains("made by an operator"), "\(result.output)")
      try sandbox.write(head + "accept: [{id: missing-refs, reason: x}]\n", to: "wavetank.yaml")
      let wrong = try rehearse("--findings-only", in: sandbox)
      #expect(wrong.code == 2 && wrong.output.isEmpty)
      #expect(wrong.errors.contains("wavetank.yaml:3:"), "\(wrong.errors)")
    }
  }

  @Test func eachFormTellsOfTheSameFinding() throws {
    try trees { sandbox in
      for form in ["markdown", "sarif", "junit", "json"] {
        let result = try rehearse("--findings-only", "--output", form, in: sandbox)
        #expect(result.code == 1, "\(form): \(result.errors)")
        #expect(result.output.contains("missing-reference"), "\(form)")
      }
      let json = try rehearse("--findings-only", "--output", "json", in: sandbox)
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      #expect(document["findings"] != nil && document["objects"] != nil)
    }
  }

  /// One run of the command writes all that a pipeline shows.
  @Test func severalFormsAreWrittenAtOnce() throws {
    try trees { sandbox in
      let result = try rehearse(
        "--seeds", "1", "--output", "markdown", "--output", "sarif=log.sarif", "--output",
        "junit=tests.xml", in: sandbox)
      #expect(result.code == 1)
      #expect(result.output.hasPrefix("<!-- wavetank findings -->"), "\(result.output)")
      #expect(result.output.contains("situations survived"), "\(result.output)")
      #expect(result.output.split(separator: "\n").count <= 60)
      #expect(try sandbox.read("log.sarif").contains("missing-reference"))
      #expect(try sandbox.read("tests.xml").contains("missing-reference"))
      let two = try rehearse("--output", "sarif", "--output", "junit", in: sandbox)
      #expect(two.code == 2 && two.errors.contains("sarif=log.sarif"), "\(two.errors)")
      let none = try rehearse("--output", "sarif=", in: sandbox)
      #expect(none.code == 2 && none.output.isEmpty, "\(none.errors)")
    }
  }

  @Test func whatIsAssumedIsWrittenAndReadAgain() throws {
    try Sandbox.with(["deploy/web.yaml": Sandbox.web]) { sandbox in
      let first = try Executable.run(["init", "-f", "deploy"], in: sandbox.folder)
      #expect(first.code == 0 && first.errors.contains("deploy/wavetank.yaml"), "\(first.errors)")
      let again = try Executable.run(["init", "-f", "deploy"], in: sandbox.folder)
      #expect(again.code == 2 && again.errors.contains("--force"))
      let words = [
        "rehearse", "-f", "deploy", "--no-record", "--findings-only", "--output", "json",
      ]
      let with = try Executable.run(words, in: sandbox.folder)
      #expect(with.code == 0 && with.errors.isEmpty, "\(with.errors)")
      #expect(!with.output.contains("wavetank.yaml"))
      let none = try Executable.run(["init", "-f", "deploy/none"], in: sandbox.folder)
      #expect(none.code == 2)
    }
  }
}
