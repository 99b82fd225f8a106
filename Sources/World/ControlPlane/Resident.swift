import ClusterAPI
import Control
import Kernel
import Units

/// A controller that lives in the controller manager: its place, and what its informers show it.
///
/// A new one is a file with the controller and this conformance, a case of `ControllerID`, a property
/// of `ControllerManager` and a line in `World.tell`.
protocol Resident: Controller {
  static var id: ControllerManager.ControllerID { get }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { get }

  /// What a pass over the key reads; nil: there is no such object (any more).
  static func input(_ key: UInt32, in world: inout World) -> Input?

  /// Adds the keys that a change touches; the cache holds the change already.
  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World)
}

/// What the controller manager's process tells its controllers.
enum ResidentNews {
  /// Free workers may take keys.
  case work
  /// A key whose time has come.
  case due(UInt32)
  case answer(UInt32, Answer)
  case change(LogEntry.Change, InformerCache.Touched)
  /// The process died: all but the stored objects is lost.
  case crash
}

extension World {
  mutating func tell(_ id: ControllerManager.ControllerID, _ news: ResidentNews) {
    switch id {
    case .nodeLifecycle: tell(NodeLifecycleController.self, news)
    case .taintEviction: tell(TaintEvictionController.self, news)
    case .deployment: tell(DeploymentController.self, news)
    case .replicaSet: tell(ReplicaSetController.self, news)
    case .statefulSet: tell(StatefulSetController.self, news)
    case .daemonSet: tell(DaemonSetController.self, news)
    case .job: tell(JobController.self, news)
    case .garbageCollector: tell(GarbageCollector.self, news)
    case .endpointSlice: tell(EndpointSliceController.self, news)
    case .resourceQuota: tell(ResourceQuotaController.self, news)
    case .disruption: tell(DisruptionController.self, news)
    case .podGC: tell(PodGCController.self, news)
    case .drain: tell(DrainController.self, news)
    case .autoscaler: tell(HorizontalPodAutoscalerController.self, news)
    case .rollbackGuard: preconditionFailure("a guard is not the controller manager's")
    }
  }

  private mutating func tell<C: Resident>(_ controller: C.Type, _ news: ResidentNews) {
    switch news {
    case .work: work(C.self)
    case .due(let key): manager[keyPath: C.place].queue.add(key)
    case .answer(let key, let answer):
      if let attempt = manager[keyPath: C.place].resume(key, with: answer) {
        follow(C.self, key, attempt)
      }
    case .change(let change, let touched): C.sees(change, touched, in: &self)
    case .crash: manager[keyPath: C.place].crash()
    }
  }

  private mutating func work<C: Resident>(_ controller: C.Type) {
    while let key = manager[keyPath: C.place].queue.take() {
      guard let input = C.input(key, in: &self) else {
        manager[keyPath: C.place].queue.done(key)
        continue
      }
      follow(C.self, key, manager[keyPath: C.place].begin(key, now: queue.now, input: input))
    }
  }

  /// Performs what a pass came to: its request is sent, or its key is done.
  private mutating func follow<C: Resident>(
    _ controller: C.Type, _ key: UInt32, _ attempt: Attempt
  ) {
    switch attempt {
    case .asked(let request): send(C.id, key, request)
    case .done(let requeue):
      if let delay = manager[keyPath: C.place].queue.finish(key, requeue) {
        push(.requeue, Int(key), at: queue.now + delay, extra: C.id.rawValue)
      }
    }
  }
}
