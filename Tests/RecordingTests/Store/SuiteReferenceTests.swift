import Testing

@testable import Recording

@Suite struct SuiteReferenceTests {
  @Test func wordsOfTheCommandLine() {
    #expect(SuiteReference("12") == SuiteReference(path: nil, suite: .id(12)))
    #expect(SuiteReference("latest") == .latest)
    #expect(SuiteReference("latest~2") == SuiteReference(path: nil, suite: .latest(back: 2)))
    #expect(
      SuiteReference("old/a#b.sqlite#3") == SuiteReference(path: "old/a#b.sqlite", suite: .id(3)))
    #expect(
      SuiteReference("a.db#latest~1")
        == SuiteReference(path: "a.db", suite: .latest(back: 1)))
    #expect(SuiteReference("a.sqlite") == SuiteReference(path: "a.sqlite", suite: .latest(back: 0)))
  }

  @Test(arguments: ["", "0", "-1", "last", "latest~", "latest~-1", "#3", "a.sqlite#", "a.sqlite#x"])
  func otherWordsAreNone(_ text: String) {
    #expect(SuiteReference(text) == nil)
  }

  @Test func isFoundInItsDatabase() throws {
    try Records.inFolder { folder in
      let (here, there) = (folder + "/here.sqlite", folder + "/there.sqlite")
      let store = try RecordStore(path: here)
      #expect(throws: RecordingError.noFinishedSuite(here, back: 0)) {
        try SuiteReference.latest.resolve(database: here)
      }
      let first = try Records.write(Records.suite(), to: store)
      let second = try Records.write(Records.suite(), to: store)
      #expect(try SuiteReference.latest.resolve(database: here).id == second)
      #expect(try SuiteReference("latest~1")?.resolve(database: here).id == first)
      var other = Records.suite()
      other.version = "other"
      _ = try Records.write(other, to: try RecordStore(path: there))
      let found = try #require(try SuiteReference(there + "#1")?.resolve(database: here))
      #expect(try found.store.suite(found.id).version == "other")
    }
  }
}
