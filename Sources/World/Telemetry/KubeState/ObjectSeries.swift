import ClusterAPI
import PromQL
import Units

/// Collects the series of one object: all of them carry the labels that name it.
struct ObjectSeries {
  private let families: ObjectFamilies
  private let identity: [PromQL.Label]
  /// Unix seconds of the first instant, from which timestamps count.
  private let epoch: Int64
  /// What the names of the wanted families end in; nil: all are.
  private let wanted: Set<String>?
  private(set) var exposition = Exposition()

  /// - Parameters:
  ///   - names: values of the labels of `families`, in their order.
  ///   - epoch: what `add(_:at:)` counts from.
  ///   - wanted: names of the families to collect; nil: all of them.
  init(
    _ families: ObjectFamilies, _ names: [String], epoch: Int64 = 0, only wanted: Set<String>?
  ) {
    self.families = families
    self.epoch = epoch
    self.wanted = wanted.map { names in
      Set(
        names.compactMap { name in
          if name == families.prefix { return "" }
          guard name.hasPrefix(families.prefix + "_") else { return nil }
          return String(name.utf8.dropFirst(families.prefix.utf8.count + 1))
        })
    }
    identity = zip(families.labels, names).map { Label($0, $1) }
  }

  mutating func add(_ suffix: String, _ value: Double, _ labels: (name: String, value: String)...) {
    add(suffix, value, labels)
  }

  mutating func add(_ suffix: String, _ value: Int, _ labels: (name: String, value: String)...) {
    add(suffix, Double(value), labels)
  }

  mutating func add(_ suffix: String, _ value: Int64, _ labels: (name: String, value: String)...) {
    add(suffix, Double(value), labels)
  }

  mutating func add(_ suffix: String, _ value: Bool, _ labels: (name: String, value: String)...) {
    add(suffix, value ? 1 : 0, labels)
  }

  mutating func add(
    _ suffix: String, _ value: Double, _ labels: [(name: String, value: String)]
  ) {
    if let wanted, !wanted.contains(suffix) { return }
    var all: [PromQL.Label] = []
    all.reserveCapacity(1 + identity.count + labels.count)
    all.append(Label(PromQL.Labels.metricName, families.name(suffix)))
    all += identity
    for (name, value) in labels { all.append(Label(name, value)) }
    exposition.add(all, value)
  }

  /// Unix seconds; nothing where there is no time.
  mutating func add(_ suffix: String, at time: Timestamp?) {
    if let time { add(suffix, epoch + time.seconds) }
  }

  /// Unix seconds as they are; nothing where there is no time.
  mutating func add(_ suffix: String, unix time: Int64?) {
    if let time { add(suffix, time) }
  }

  /// One series for each status that a condition may have, 1 for the one that it has.
  mutating func add(
    _ suffix: String, status: Condition.Status, under label: String = "status",
    _ labels: (name: String, value: String)...
  ) {
    if let wanted, !wanted.contains(suffix) { return }
    for (word, other) in [("true", Condition.Status.yes), ("false", .no), ("unknown", .unknown)] {
      add(suffix, other == status ? 1 : 0, labels + [(label, word)])
    }
  }

  /// One series for each of the words, 1 for those that hold.
  mutating func add(
    _ suffix: String, oneOf words: [String], under label: String, where holds: (String) -> Bool
  ) {
    if let wanted, !wanted.contains(suffix) { return }
    for word in words { add(suffix, holds(word) ? 1 : 0, [(label, word)]) }
  }

  /// `owner`, with empty labels (which are none) where nobody owns the object.
  mutating func add(ownerKind: String?, name: String?) {
    add(
      "owner", 1, ("owner_kind", ownerKind ?? ""), ("owner_name", name ?? ""),
      ("owner_is_controller", ownerKind == nil ? "" : "true"))
  }

  /// `labels`, where the resource exposes any.
  mutating func add(
    labels: ClusterAPI.Labels, of resource: String, allowed: LabelAllowlist
  ) {
    if let labels = allowed.labels(labels, of: resource) { add("labels", 1, labels) }
  }
}
