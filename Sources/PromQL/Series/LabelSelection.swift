/// Which labels of a series count where series are put together: those of some names, or all others.
struct LabelSelection: Sendable {
  private let names: LabelNames
  private let areNamed: Bool

  /// `by (…)`, `on(…)`.
  init(those names: [String]) { (self.names, areNamed) = (LabelNames(names), true) }

  /// `without (…)`, `ignoring(…)`: the metric's name does not count either.
  init(allBut names: [String]) {
    (self.names, areNamed) = (LabelNames(names + [Labels.metricName]), false)
  }

  /// What counts of some labels.
  func callAsFunction(_ labels: Labels) -> Labels {
    areNamed ? labels.keeping(names) : labels.removing(names)
  }

  /// The same, in the memory of labels that are not needed any more.
  func take(from labels: Labels, into key: inout Labels) {
    if areNamed {
      key.take(from: labels, those: names)
    } else {
      key.take(from: labels, allBut: names)
    }
  }
}

/// Numbers for what counts of series, in the order in which it comes.
struct LabelNumbers {
  private let selection: LabelSelection
  private var numbers: [Labels: Int] = [:]
  /// By number.
  private(set) var labels: [Labels] = []
  private var key = Labels.empty

  init(_ selection: LabelSelection) { self.selection = selection }

  var count: Int { labels.count }

  /// The number of what counts of some labels.
  mutating func number(of labels: Labels) -> Int {
    selection.take(from: labels, into: &key)
    if let number = numbers[key] { return number }
    let number = numbers.count
    numbers[key] = number
    self.labels.append(key)
    return number
  }
}
