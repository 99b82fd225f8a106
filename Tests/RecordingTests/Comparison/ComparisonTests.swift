import Recording
import Testing
import Units

@Suite struct ComparisonTests {
  /// A suite of one scenario whose runs have these scores.
  private func suite(
    _ scores: [Int], name: String = "s", _ change: (inout RunRecord) -> Void = { _ in }
  ) -> SuiteRecord {
    var suite = SuiteRecord(
      startedAt: "", version: "1", commandLine: [], scenarios: [Records.scenario(name)], runs: [])
    for (index, score) in scores.enumerated() {
      var run = Records.run(name, seed: UInt64(index + 1), score: score)
      change(&run)
      suite.runs.append(run)
    }
    return suite
  }

  private func row(_ comparison: Comparison, _ metric: Comparison.Metric) throws -> Comparison.Row {
    try #require(comparison.rows.first { $0.metric == metric })
  }

  @Test func aSuiteIsNoRegressionOfItself() {
    let suite = Records.suite()
    let comparison = Comparison(baseline: suite, candidate: suite)
    #expect(!comparison.hasRegression)
    #expect(comparison.pairs == 4 && comparison.equalDigests == 4)
    #expect(comparison.rows.count == 2 * Comparison.Metric.allCases.count)
    #expect(comparison.rows.allSatisfy { $0.difference == 0 && !$0.isImprovement })
    #expect(comparison.changedInputs.isEmpty && comparison.unpaired.isEmpty)
  }

  @Test func aVerdictThatFallsIsARegressionWhateverOthersDo() throws {
    let before = suite([90, 90, 90]) { $0.verdict = $0.seed == 2 ? .failed : .passed }
    let after = suite([90, 90, 90]) { $0.verdict = $0.seed == 1 ? .inconclusive : .passed }
    let comparison = Comparison(baseline: before, candidate: after)
    let passed = try row(comparison, .passed)
    #expect(passed.difference == 0 && passed.isRegression && !passed.isImprovement)
    #expect(comparison.broken.map(\.seed) == [1] && comparison.mended.map(\.seed) == [2])
    #expect(comparison.hasRegression)
    // The reverse mends seed 1, and breaks seed 2.
    let reverse = Comparison(baseline: after, candidate: before)
    #expect(reverse.broken.map(\.seed) == [2] && reverse.mended.map(\.seed) == [1])
  }

  @Test func aVerdictThatRisesIsAnImprovement() throws {
    let before = suite([90, 90, 90]) { $0.verdict = .failed }
    let comparison = Comparison(baseline: before, candidate: suite([90, 90, 90]))
    #expect(try row(comparison, .passed).isImprovement && !comparison.hasRegression)
  }

  @Test(arguments: [(2, false), (3, true)])
  func scoreMayFallByTwo(_ points: Int, _ isRegression: Bool) throws {
    let comparison = Comparison(
      baseline: suite([90, 80, 70]),
      candidate: suite([90 - points, 80 - points, 70 - points]))
    let score = try row(comparison, .score)
    #expect(score.isRegression == isRegression)
    #expect(score.interval == 0 && score.baseline == 80 && score.difference == Double(-points))
    let reverse = Comparison(
      baseline: suite([90 - points, 80 - points, 70 - points]), candidate: suite([90, 80, 70]))
    #expect(try row(reverse, .score).isImprovement == isRegression && !reverse.hasRegression)
  }

  /// Differences -9, 0, 0: their mean is -3, its interval 12.9 = 4.303 * 5.196 / sqrt(3).
  @Test func oneBadSeedOfThreeIsUncertain() throws {
    let comparison = Comparison(
      baseline: suite([90, 90, 90]), candidate: suite([81, 90, 90]))
    let score = try row(comparison, .score)
    #expect(score.difference == -3 && !score.isRegression && score.isUncertain)
    #expect(abs(try #require(score.interval) - 12.909) < 0.001)
    #expect(!comparison.hasRegression)
  }

  /// Seeds that differ much among themselves do not hide a difference that all of them show.
  @Test func differencesArePairedBySeed() throws {
    let comparison = Comparison(
      baseline: suite([100, 60, 20, 80, 40]), candidate: suite([96, 57, 17, 76, 36]))
    let score = try row(comparison, .score)
    #expect(score.isRegression && score.seeds == 5)
    #expect(try #require(score.interval) < 1)
  }

  @Test func withTwoSeedsTheThresholdAloneDecides() throws {
    let comparison = Comparison(baseline: suite([90, 90]), candidate: suite([80, 90]))
    let score = try row(comparison, .score)
    #expect(score.interval == nil && score.isRegression)
  }

  @Test(arguments: [(100, false), (160, true)])
  func failedRequestsMayRiseByATenthOfAPercent(_ more: Int64, _ isRegression: Bool) throws {
    let comparison = Comparison(
      baseline: suite([90]) { ($0.requests, $0.failed) = (100_000, 50) },
      candidate: suite([90]) { ($0.requests, $0.failed) = (100_000, 50 + more) })
    #expect(try row(comparison, .failedRatio).isRegression == isRegression)
  }

  /// Both 5 s and a tenth.
  @Test(arguments: [(20.0, 24.0, false), (20, 26, true), (100, 109, false), (100, 111, true)])
  func settlingMayTakeLonger(_ before: Double, _ after: Double, _ isRegression: Bool) throws {
    let comparison = Comparison(
      baseline: suite([90]) { $0.settled = .seconds(rounding: before) },
      candidate: suite([90]) { $0.settled = .seconds(rounding: after) })
    #expect(try row(comparison, .settled).isRegression == isRegression)
    #expect(comparison.hasRegression == isRegression)
  }

  @Test func seedsWithoutAFigureAreLeftOut() throws {
    let comparison = Comparison(
      baseline: suite([90, 90]) { $0.detection = $0.seed == 1 ? nil : .seconds(10) },
      candidate: suite([90, 90]) { $0.detection = .seconds(11) })
    #expect(try row(comparison, .detection).seeds == 1)
    let without = Comparison(
      baseline: suite([90]) { $0.requests = 0 }, candidate: suite([90]) { $0.requests = 0 })
    #expect(!without.rows.contains { $0.metric == .failedRatio })
  }

  @Test func whatHasNoPartnerIsListed() {
    var before = suite([90, 90], name: "both")
    before.scenarios.append(Records.scenario("old"))
    before.runs.append(Records.run("old", seed: 1))
    var after = suite([10], name: "both")
    after.scenarios = [
      Records.scenario("both", file: "kind: StatefulSet\n"), Records.scenario("new"),
    ]
    after.runs[0].seed = 9
    let comparison = Comparison(baseline: before, candidate: after)
    #expect(comparison.onlyInBaseline == ["old"] && comparison.onlyInCandidate == ["new"])
    #expect(comparison.changedInputs == ["both"])
    #expect(comparison.unpaired.map(\.seed) == [1, 2, 9])
    #expect(comparison.pairs == 0 && comparison.rows.isEmpty && !comparison.hasRegression)
  }
}
