import PromQL
import Testing

@Suite struct SeriesStoreTests {
  private func store() -> SeriesStore {
    var store = SeriesStore()
    store.add(Samples(times: [0, 10], values: [1, 2]), to: Labels(name: "b", [Label("x", "2")]))
    store.add(Samples(times: [0, 10], values: [3, 4]), to: Labels(name: "a", [Label("x", "1")]))
    store.add(Samples(times: [50], values: [5]), to: Labels(name: "a", [Label("x", "2")]))
    return store
  }

  @Test func seriesAreSelectedInOrder() throws {
    let all = [try LabelMatcher("x", .matches, ".+")]
    let span = TimeSpan(after: -1, through: 100)
    let found = store().series(matching: all, in: span).map { "\($0.labels)" }
    #expect(found == ["a{x=\"1\"}", "a{x=\"2\"}", "b{x=\"2\"}"])
    let named = [LabelMatcher("__name__", equals: "a"), LabelMatcher("x", equals: "2")]
    #expect(store().series(matching: named, in: span).map(\.samples.values) == [[5]])
    #expect(store().series(matching: named, in: TimeSpan(after: 50, through: 90)).isEmpty)
    #expect(store().metricNames == ["a", "b"])
  }

  @Test func samplesAreMergedByTime() {
    var store = store()
    let labels = Labels(name: "a", [Label("x", "1")])
    store.add(Samples(times: [20], values: [6]), to: labels)
    store.add(Samples(times: [5, 10], values: [7, 8], startTimes: [1, 1]), to: labels)
    let found = store.series(
      matching: [LabelMatcher("x", equals: "1")], in: TimeSpan(after: -1, through: 20))
    #expect(found.map(\.samples.times) == [[0, 5, 10, 20]])
    #expect(found.map(\.samples.values) == [[3, 7, 8, 6]])
    #expect(found.map(\.samples.startTimes) == [[0, 1, 1, 0]])
  }

  @Test func labelsAreSortedAndWithoutEmptyOnes() {
    let labels = Labels(name: "m", [Label("b", "1"), Label("a", ""), Label("b", "2")])
    #expect(labels.description == "m{b=\"2\"}" && labels["a"].isEmpty && labels.name == "m")
    #expect(
      labels.setting("a", to: "x").setting("b", to: "").pairs.map(\.name) == ["__name__", "a"])
    #expect(Labels(name: "http.requests").description == "{\"http.requests\"}")
    #expect(Labels.empty.description == "{}" && Labels(name: "m").description == "m")
  }

  @Test func onlyOneNotANumberIsStale() {
    #expect(Samples.isStale(Samples.stale) && !Samples.isStale(.nan))
    #expect(Samples.stale.bitPattern == 0x7ff0_0000_0000_0002)
  }
}
