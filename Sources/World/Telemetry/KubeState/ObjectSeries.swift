import ClusterAPI
import PromQL
import Units

/// Collects the series of one object: all of them carry the labels that name it.
struct ObjectSeries {
  private let families: ObjectFamilies
  /// What all of them carry.
  private let identity: PromQL.Labels
  /// Unix seconds of the first instant, from which timestamps count.
  private let epoch: Int64
  /// By what the names of their families end in; nil: all are.
  private let wanted: WantedFamilies.Suffixes?
  /// What the object showed before: it need not be made again.
  private let shown: [PromQL.Labels]
  private(set) var exposition = Exposition()

  /// - Parameters:
  ///   - names: values of the labels of `families`, in their order.
  ///   - epoch: what `add(_:at:)` counts from.
  ///   - shown: what the same object showed before.
  init(
    _ families: ObjectFamilies, _ names: [String], epoch: Int64 = 0, _ options: KubeState.Options,
    after shown: [PromQL.Labels] = []
  ) {
    self.families = families
    self.shown = shown
    self.epoch = epoch
    wanted = options.wanted[families]
    identity = options.targetLabels.setting(
      zip(families.labels, names).map { PromQL.Label($0, $1) })
  }

  /// Whether somebody reads series of a family.
  func wants(_ suffix: String) -> Bool { wanted.map { $0[suffix] != nil } ?? true }

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
    let metric = wanted?[suffix]
    if wanted != nil, metric == nil { return }
    let name = metric?.name ?? families.name(suffix)
    // Mostly the same series in the same order.
    let next = exposition.series.count
    if next < shown.count, shown[next].are(identity, named: name, labels) {
      return exposition.add(shown[next], value)
    }
    if let metric, !metric.mayWant(labels) { return }
    let all = identity.named(name, labels)
    if metric?.wants(all) ?? true { exposition.add(all, value) }
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
    if !wants(suffix) { return }
    for (word, other) in [("true", Condition.Status.yes), ("false", .no), ("unknown", .unknown)] {
      add(suffix, other == status ? 1 : 0, labels + [(label, word)])
    }
  }

  /// One series for each of the words, 1 for those that hold.
  mutating func add(
    _ suffix: String, oneOf words: [String], under label: String, where holds: (String) -> Bool
  ) {
    if !wants(suffix) { return }
    for word in words { add(suffix, holds(word) ? 1 : 0, [(label, word)]) }
  }

  /// `owner`, with empty labels (which are none) where nobody owns the object.
  mutating func add(ownerKind: String?, name: String?) {
    if !wants("owner") { return }
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
