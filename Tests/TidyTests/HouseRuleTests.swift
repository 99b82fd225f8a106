import Testing

@Suite struct HouseRuleTests {
  /// What is not written in Sources, and what to write instead.
  static let banned: [(call: String, instead: String, allowedIn: [String])] = [
    ("Date()", "the world's own time", ["Sources/wavetank/"]),
    ("Date.now", "the world's own time", []),
    (".random(in:", "a draw named by its cause", []),
    (".shuffled()", "a draw named by its cause", []),
    (".hashValue", "CauseHash or TraceDigest: hashValue changes with every process", []),
    ("try!", "a typed error", []),
    ("as!", "a switch", []),
    ("fatalError(", "preconditionFailure with the state and the event", []),
    ("Thread.sleep", "an event", []),
  ]

  private func banned(in file: Tree.File) -> [String] {
    var found: [String] = []
    for (index, line) in file.code.enumerated() {
      for rule in HouseRuleTests.banned
      where line.contains(rule.call) && !rule.allowedIn.contains(where: file.path.hasPrefix) {
        found.append("\(file.path):\(index + 1) has \(rule.call): use \(rule.instead)")
      }
    }
    return found
  }

  @Test func bannedCallsAreNotMade() {
    #expect(Tree.sources.flatMap(banned) == [])
  }

  /// The rules look at something, and find what they look for.
  @Test func aBannedCallIsFound() {
    #expect(Tree.sources.count > 100 && Tree.tests.count > 50)
    let text = "// Date() in a comment\nlet words = \"try! in quotes\"\nlet now = Date()\n"
    let world = Tree.File(path: "Sources/World/A.swift", text: text)
    #expect(banned(in: world) == ["Sources/World/A.swift:3 has Date(): use the world's own time"])
    #expect(banned(in: Tree.File(path: "Sources/wavetank/A.swift", text: text)) == [])
  }

  @Test func nothingIsLeftUndoneInAComment() {
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
    for file in Tree.sources + Tree.tests {
      for (index, line) in file.lines.enumerated() {
        for word in words where line.contains(word) {
          Issue.record("\(file.path):\(index + 1) has \(word)")
        }
      }
    }
  }

  @Test func placesOfOneMachineAreNotNamed() {
    for file in Tree.sources + Tree.tests + Tree.files("docs", ending: ".md")
    where file.text.contains("/wo" + "rk/") || file.text.contains("/ro" + "ot/") {
      Issue.record("\(file.path) names a path of one machine")
    }
  }

  /// When a file passes 400 lines, look for the second idea.
  @Test func filesStaySmall() {
    for file in Tree.sources + Tree.tests where file.lines.count > 401 {
      Issue.record("\(file.path) has \(file.lines.count - 1) lines")
    }
  }

  @Test func noFileIsEmpty() {
    for file in Tree.sources + Tree.tests where file.lines.count < 3 {
      Issue.record("\(file.path) holds nothing")
    }
  }
}
