public import Manifests
public import Verdict
import ClusterAPI

extension ExaminedTree {
  /// What manifests say, and what is wrong with them.
  public init(_ set: ManifestSet) {
    var unknown: [ExaminedTree.UnknownField] = []
    for diagnostic in set.diagnostics where diagnostic.severity == .warning {
      guard diagnostic.isUnknownField, let key = set.key(at: diagnostic.location) else { continue }
      unknown.append(.init(key, path: diagnostic.path, hint: diagnostic.remedy))
    }
    self.init(
      objects: set.objects,
      refusals: set.counts.rejections.compactMap { rejection in
        rejection.key.map { .init($0, rejection.reason) }
      }, unknownFields: unknown)
  }
}
