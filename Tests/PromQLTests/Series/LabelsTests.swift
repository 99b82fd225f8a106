import Testing

@testable import PromQL

/// Labels as one run of bytes: they say what a list of pairs would say.
@Suite struct LabelsTests {
  /// Names and values of several lengths, such as stand behind a length of one byte and of four.
  private static let texts = ["a", "ab", "b", "__name__", "é", String(repeating: "x", count: 300)]

  private static var samples: [[Label]] {
    var state: UInt64 = 1
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    return (0..<300).map { _ in
      (0..<draw(7)).map { _ in
        Label(texts[draw(texts.count)], draw(5) == 0 ? "" : texts[draw(texts.count)])
      }
    }
  }

  /// The last value of each name, sorted by name.
  private func pairs(_ labels: [Label]) -> [Label] {
    var last: [Label] = []
    for label in labels {
      last.removeAll { $0.name == label.name }
      last.append(label)
    }
    return last.filter { !$0.value.isEmpty }.sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
  }

  private func isBefore(_ a: [Label], _ b: [Label]) -> Bool {
    for (left, right) in zip(a, b) {
      for (left, right) in [(left.name, right.name), (left.value, right.value)]
      where left != right {
        return left.utf8.lexicographicallyPrecedes(right.utf8)
      }
    }
    return a.count < b.count
  }

  @Test func theyAreTheLastValuesByName() {
    for sample in Self.samples {
      let (labels, expected) = (Labels(sample), pairs(sample))
      #expect(labels.pairs == expected && labels.count == expected.count)
      #expect(labels.isEmpty == expected.isEmpty)
      for text in Self.texts {
        #expect(labels[text] == expected.first { $0.name == text }?.value ?? "")
        for value in ["", "b"] + Self.texts {
          #expect(labels.setting(text, to: value) == Labels(sample + [Label(text, value)]))
        }
      }
      for names in [[], ["a"], ["b", "a"], ["__name__", "é"], Self.texts] {
        #expect(labels.keeping(names).pairs == expected.filter { names.contains($0.name) })
        #expect(labels.removing(names).pairs == expected.filter { !names.contains($0.name) })
      }
    }
  }

  @Test func theirOrderIsThatOfTheirPairs() {
    let samples = Self.samples.prefix(80).map { (Labels($0), pairs($0)) }
    for (a, left) in samples {
      for (b, right) in samples {
        #expect((a < b) == isBefore(left, right))
        #expect((a == b) == (left == right))
        if a == b { #expect(a.hashValue == b.hashValue) }
      }
    }
  }

  @Test func manyAreSortedAsFewAre() {
    let long = String(repeating: "y", count: 260)
    var all = Set(Self.samples.map { Labels($0) })
    for index in 0..<2000 {
      let pod = "app-\(index % 37)-\(index &* 7919 % 1000)"
      all.insert(Labels(name: "up", [Label("pod", pod), Label("image", "app:v\(index % 11)")]))
      all.insert(Labels(name: "up", [Label("pod", pod + (index % 5 == 0 ? long : "\0"))]))
      all.insert(Labels(name: "up", [Label("pod", long + "\(index % 300)")]))
    }
    let labels = Array(all)
    #expect(Labels.order(of: labels).map { labels[$0] } == labels.sorted())
    #expect(Labels.order(of: []).isEmpty)
  }

  @Test func aSeriesOfAnObjectIsKnownByItsOwnLabels() {
    let object = Labels([Label("namespace", "shop"), Label("pod", "web-1")])
    let own: Labels.Own = [("phase", "Running"), ("uid", "")]
    let series = object.named("status", own)
    #expect(series.description == #"status{namespace="shop", phase="Running", pod="web-1"}"#)
    #expect(series.are(object, named: "status", own))
    #expect(!series.are(object, named: "statuz", own))
    #expect(!series.are(object, named: "status", [("phase", "Pending")]))
    #expect(!series.are(object, named: "status", [("phase", "Running"), ("uid", "1")]))
    #expect(!series.are(object, named: "status", []))
  }

  /// Swift calls a composed and a decomposed letter equal; Prometheus compares bytes.
  @Test func textsAreTheSameWhenTheirBytesAre() throws {
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
    #expect(composed == decomposed)
    #expect(Label("a", composed) != Label("a", decomposed))
    #expect(Labels([Label("a", composed)]) != Labels([Label("a", decomposed)]))
    #expect(Labels([Label(composed, "1"), Label(decomposed, "2")]).count == 2)
    // "e" stands before "é" in UTF-8.
    #expect(Labels([Label("a", decomposed)]) < Labels([Label("a", composed)]))
    var store = SeriesStore()
    for (value, text) in [(1.0, composed), (2, decomposed)] {
      store.add(time: 0, value: value, to: Labels(name: "n", [Label("a", text)]))
    }
    func answer(_ text: String) throws -> [Double] {
      guard case .vector(let found) = try Query(text).instant(at: 0, in: store).value else {
        return []
      }
      return found.map(\.value)
    }
    #expect(try answer("n") == [2, 1])
    #expect(try answer("count by (a) (n)") == [1, 1])
    for (text, value) in [(composed, 1.0), (decomposed, 2)] {
      #expect(try answer("n{a=\"\(text)\"}") == [value])
      #expect(try answer("n{a=~\"\(text)|x\"}") == [value])
      #expect(try answer("n{a!=\"\(text)\"}") == [3 - value])
    }
  }
}
