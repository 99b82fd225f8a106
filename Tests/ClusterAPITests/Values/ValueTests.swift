import ClusterAPI
import Testing

@Suite struct SortedMapTests {
  @Test func iteratesInKeyOrderWhateverTheOrderOfInsertion() {
    let names = ["b", "a", "d", "c"]
    var map = SortedMap<Int>()
    for (index, name) in names.enumerated() { map[name] = index }
    #expect(map.keys == ["a", "b", "c", "d"])
    #expect(map.map(\.value) == [1, 0, 3, 2])
    #expect(map == ["d": 2, "c": 3, "b": 0, "a": 1])
    #expect(map.hashValue == (["a": 1, "b": 0, "c": 3, "d": 2] as SortedMap<Int>).hashValue)
  }

  @Test func assignmentReplacesAndRemoves() {
    var map: Labels = ["app": "web"]
    map["app"] = "api"
    map["none"] = nil
    #expect(map == ["app": "api"])
    map["app"] = nil
    #expect(map.isEmpty)
    map["n", default: "0"] += "1"
    #expect(map["n"] == "01")
  }

  @Test func valuesAreMappedInPlace() {
    let map: SortedMap<Int> = ["a": 1, "b": 2]
    #expect(map.mapValues { $0 * 10 } == ["b": 20, "a": 10])
  }
}

@Suite struct TolerationTests {
  @Test func unknownWordsTolerateNothing() {
    let taint = Taint(key: "a", value: "5", effect: .noSchedule)
    #expect(!Toleration(key: "a", op: .init("Lt"), value: "9").tolerates(taint))
    #expect(!Toleration(key: "a", op: .exists, effect: .init("Never")).tolerates(taint))
  }
}

@Suite struct LabelSyntaxTests {
  @Test(arguments: ["app", "a", "app.kubernetes.io/name", "A_b-c.D9", "x.y/Z"])
  func keys(text: String) { #expect(LabelSyntax.isKey(text)) }

  @Test(arguments: ["", "/", "a/", "/a", "a/b/c", "-a", "a-", "A.b/c", "a..b/c", "é"])
  func notKeys(text: String) { #expect(!LabelSyntax.isKey(text)) }

  @Test func lengthsAreBounded() {
    let name = String(repeating: "a", count: 63)
    #expect(LabelSyntax.isKey(name) && LabelSyntax.isValue(name) && LabelSyntax.isValue(""))
    #expect(!LabelSyntax.isKey(name + "a") && !LabelSyntax.isValue(name + "a"))
  }
}

@Suite struct QOSClassTests {
  @Test func podLevelResourcesCountAlone() {
    let container = QOSClass.Resources(requests: ["cpu": Quantity(1)])
    let pod = QOSClass.Resources(
      requests: ["cpu": Quantity(1), "memory": Quantity(64)],
      limits: ["cpu": Quantity(1), "memory": Quantity(64)])
    #expect(QOSClass.of(containers: [container]) == .burstable)
    #expect(QOSClass.of(containers: [container], pod: pod) == .guaranteed)
  }
}
