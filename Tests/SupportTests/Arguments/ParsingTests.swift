import Arguments
import Testing

@Suite struct ParsingTests {
  func measure(_ words: String...) throws -> Measure {
    try #require(try Tide.parseAsRoot(["measure"] + words) as? Measure)
  }

  @Test func defaultsStandWhereNothingIsGiven() throws {
    let measure = try measure("harbour")
    #expect(measure.places == ["harbour"])
    #expect(measure.format == .text)
    #expect(measure.count == 1)
    #expect(measure.tags.isEmpty)
    #expect(measure.smooth)
    #expect(measure.verbose == 0)
    #expect(!measure.shared.quiet)
    #expect(measure.shared.database == nil)
  }

  @Test(arguments: [
    ["--format", "json"], ["--format=json"], ["-f", "json"], ["-fjson"], ["-f=json"],
    ["-qfjson"],
  ])
  func aValueFollowsItsOptionInSeveralWays(words: [String]) throws {
    let command = try Tide.parseAsRoot(["measure"] + words + ["harbour"])
    let measure = try #require(command as? Measure)
    #expect(measure.format == .json)
    #expect(measure.places == ["harbour"])
    #expect(measure.shared.quiet == (words == ["-qfjson"]))
  }

  @Test func repeatedOptionsMakeAList() throws {
    #expect(try measure("--tag", "a", "x", "--tag=b=c").tags == ["a", "b=c"])
  }

  @Test func theLastOfAPairWins() throws {
    #expect(try !measure("--smooth", "--no-smooth", "x").smooth)
    #expect(try measure("--no-smooth", "--smooth", "x").smooth)
  }

  @Test func flagsAreCounted() throws {
    #expect(try measure("-vv", "x", "--verbose").verbose == 3)
  }

  @Test func nothingIsAnOptionAfterTheTerminator() throws {
    let measure = try measure("a", "--", "--quiet", "-")
    #expect(measure.places == ["a", "--quiet", "-"])
    #expect(!measure.shared.quiet)
  }

  @Test func aHyphenAloneAndNegativeNumbersAreValues() throws {
    let measure = try measure("--offset", "-2.5", "-", "-3")
    #expect(measure.offset == -2.5)
    #expect(measure.places == ["-", "-3"])
  }

  @Test func groupsOfOptionsAreFilled() throws {
    let measure = try measure("-q", "--database", "x.sqlite", "x")
    #expect(measure.shared.quiet)
    #expect(measure.shared.database == "x.sqlite")
  }

  @Test func aCommandHasAliases() throws {
    #expect(try Tide.parseAsRoot(["gauge", "x"]) is Measure)
  }

  @Test func optionalArgumentsMayBeAbsent() throws {
    let short = try #require(try Tide.parseAsRoot(["predict", "--hour", "3", "x"]) as? Predict)
    #expect(short.hour == 3)
    #expect(short.model == nil)
    let words = ["predict", "x", "json", "--hour=0"]
    let long = try #require(try Tide.parseAsRoot(words) as? Predict)
    #expect(long.model == .json)
  }

  @Test func copiesOfACommandChangeAlone() throws {
    let first = try measure("x")
    var second = first
    second.count = 7
    #expect(first.count == 1)
    #expect(second.count == 7)
  }
}
