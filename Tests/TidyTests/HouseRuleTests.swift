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

  @Test func bannedCallsAreNotMade() {
    for file in Tree.sources {
      for (index, line) in file.code.enumerated() {
        for rule in HouseRuleTests.banned
        where line.contains(rule.call) && !rule.allowedIn.contains(where: file.path.hasPrefix) {
          Issue.record("\(file.path):\(index + 1) has \(rule.call): use \(rule.instead)")
        }
      }
    }
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
