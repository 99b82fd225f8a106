import ClusterAPI
import Control
import Units

/// `calculateStatus`, `syncRolloutStatus`, the three predicates and `requeueStuckDeployment`.
enum DeploymentStatusSync: Family {
  static let name = "deployment_status"

  static func answer(to input: JSON) throws -> JSON {
    let source = try input.require("deployment")
    let now = DeploymentJSON.now
    var spec = DeploymentSpec(
      replicas: Int(try source.int("replicas")), selector: LabelSelector(),
      template: PodTemplate(spec: PodSpec(containers: [])))
    spec.strategy = try DeploymentJSON.rolling(source).strategy
    spec.progressDeadlineSeconds = DeploymentJSON.progressDeadline(source)
    var deployment = Deployment(meta: ObjectMeta(name: "web", namespace: "default"), spec: spec)
    deployment.meta.generation = try source.int("generation")
    deployment.status = try DeploymentStatusJSON.status(try input.require("oldStatus"), now: now)
    let progress = DeploymentProgress(
      deployment: deployment, sets: try DeploymentJSON.replicaSets(input), now: now)
    let calculated = progress.calculated()
    let (status, recheck) = progress.rolloutStatus()
    let isWritten = status != deployment.status
    return [
      "complete": .bool(progress.isComplete(calculated)),
      "progressing": .bool(progress.isProgressing(calculated)),
      "timedOut": .bool(progress.isTimedOut(calculated)),
      "status": DeploymentStatusJSON.json(status, now: now), "statusWritten": .bool(isWritten),
      "recheckAfterSeconds": isWritten ? .null : recheck.map(recorded) ?? .null,
    ]
  }

  /// `requeueStuckDeployment` returns what is left of the deadline but queues a second later.
  private static func recorded(_ recheck: Span) -> JSON {
    .int(recheck == .zero ? 0 : recheck.wholeSeconds - 1)
  }
}
