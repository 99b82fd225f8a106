public import ClusterAPI

/// A desired field that the run leaves otherwise than the twin that ran without the change.
public struct RestorationDefect: Hashable, Sendable {
  public var object: ObjectKey
  /// Empty for the object as a whole.
  public var path: String
  /// In the twin; nil where it has no such field or object.
  public var expected: String?
  /// In the run.
  public var found: String?

  public init(object: ObjectKey, path: String, expected: String?, found: String?) {
    self.object = object
    self.path = path
    self.expected = expected
    self.found = found
  }

  public var words: String {
    if path.isEmpty {
      return expected == nil
        ? "\(object.description) was left behind" : "\(object.description) is gone"
    }
    return
      "\(object.description) \(path) is \(found ?? "not set"), without the change "
      + (expected ?? "not set")
  }

  /// Compares the objects of a run with those of its twin, field by field.
  ///
  /// The size of a workload that an autoscaler scales in both is the autoscaler's, not a defect.
  public static func between(run: [ClusterObject], twin: [ClusterObject]) -> [RestorationDefect] {
    var defects: [RestorationDefect] = []
    let scaled = targets(run).filter(targets(twin).contains)
    for object in twin {
      guard let other = run.first(where: { $0.key == object.key }) else {
        defects.append(.init(object: object.key, path: "", expected: "exists", found: nil))
        continue
      }
      if other != object {
        defects += compare(other, with: object).filter {
          $0.path != "spec.replicas" || !scaled.contains($0.object)
        }
      }
    }
    for object in run where !twin.contains(where: { $0.key == object.key }) {
      defects.append(.init(object: object.key, path: "", expected: nil, found: "exists"))
    }
    return defects
  }

  /// What autoscalers scale.
  private static func targets(_ objects: [ClusterObject]) -> [ObjectKey] {
    objects.compactMap {
      guard case .horizontalPodAutoscaler(let autoscaler) = $0 else { return nil }
      return autoscaler.target
    }
  }

  private static func compare(
    _ object: ClusterObject, with twin: ClusterObject
  ) -> [RestorationDefect] {
    let (found, expected) = (FieldWalk(object).fields, FieldWalk(twin).fields)
    var paths = expected.map(\.key)
    paths += found.map(\.key).filter { expected[$0] == nil }
    return paths.sorted()
      .filter { FieldTable.classify($0) == .desired && found[$0] != expected[$0] }
      .map {
        RestorationDefect(
          object: object.key, path: $0, expected: expected[$0], found: found[$0])
      }
  }
}
