public import ClusterAPI
import Units

/// A Deployment, a StatefulSet or a DaemonSet whose situations are rehearsed.
public struct RehearsedWorkload: Sendable {
  /// As it runs before the change, or as the change brings it.
  public let object: ClusterObject
  public let template: PodTemplate
  /// Whether nothing of it runs before the change.
  public let isNew: Bool

  public static let kinds: [Kind] = [.deployment, .statefulSet, .daemonSet]

  /// nil: not a workload whose pods are replaced by an update.
  public init?(_ object: ClusterObject, isNew: Bool = false) {
    guard Self.kinds.contains(object.kind), let template = object.template else { return nil }
    (self.object, self.template, self.isNew) = (object, template, isNew)
  }

  public var key: ObjectKey { object.key }
  public var meta: ObjectMeta { object.meta }

  /// Only Deployments have rollback guards.
  public var canBeGuarded: Bool { object.kind == .deployment && !isNew }

  /// - Parameter nodes: of the cluster; a DaemonSet has a pod on each.
  func pods(onNodes nodes: Int) -> Int {
    switch object {
    case .deployment(let it): it.spec.replicas
    case .statefulSet(let it): it.replicas
    default: nodes
    }
  }

  /// What a scenario writes for it, such as `deployment: "web", namespace: "shop"`.
  var reference: String {
    let field = ChangeTable.field(of: key.kind) ?? "deployment"
    return "\(field): \(ScenarioWriter.quoted(key.name)), "
      + "namespace: \(ScenarioWriter.quoted(key.namespace))"
  }

  /// Seconds in which an update comes to its end, or is given up: a Deployment's progress deadline; where
  /// pods are replaced one after another, the time of each.
  ///
  /// - Parameter startup: of its programs.
  func patience(onNodes nodes: Int, startup: Span) -> Int64 {
    if case .deployment(let it) = object { return Int64(it.spec.progressDeadlineSeconds ?? 600) }
    var each = 15 + startup.ns / 1_000_000_000 * 2
    each += min(60, Int64(template.spec.terminationGracePeriodSeconds))
    each +=
      template.spec.containers.map {
        Int64(
          ($0.readinessProbe?.initialDelaySeconds ?? 0) + ($0.readinessProbe?.periodSeconds ?? 0))
      }.max() ?? 0
    return min(3600, max(600, each * Int64(pods(onNodes: nodes))))
  }
}
