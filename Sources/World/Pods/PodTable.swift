public import ClusterAPI
import Control
public import Kernel
public import Units

/// What a template means to the scheduler and the kubelet, worked out once.
public struct TemplateRow: Sendable {
  public var template: PodTemplate
  public var cpu: MilliCPU
  public var memory: Bytes
  /// Names a PersistentVolumeClaim.
  let hasClaims: Bool
  /// Init containers and then the others, in the order in which they start.
  public var containers: [ContainerTemplate]
  /// Of the containers that run all the time.
  var requests: [AutoscaledPod.Container]

  init(_ template: PodTemplate, containers: [ContainerTemplate]) {
    self.template = template
    self.containers = containers
    hasClaims = template.spec.volumes.contains {
      if case .persistentVolumeClaim = $0.source { true } else { false }
    }
    requests = containers.filter { $0.role != .initial }.map {
      .init(name: $0.container.name, requests: $0.container.resources.requests)
    }
    var cpu: Int64 = 0
    var memory: Int64 = 0
    for container in template.spec.containers {
      cpu += container.resources.requests["cpu"]?.milliValue ?? 0
      memory += container.resources.requests["memory"]?.value ?? 0
    }
    for container in template.spec.initContainers {
      cpu = max(cpu, container.resources.requests["cpu"]?.milliValue ?? 0)
      memory = max(memory, container.resources.requests["memory"]?.value ?? 0)
    }
    self.cpu = MilliCPU(cpu)
    self.memory = Bytes(memory)
  }

  /// The container that serves the pod's requests.
  var server: Int { template.spec.initContainers.count }
}

/// Pods as columns by dense id; a row stays when its pod is gone, so that ids never change meaning.
public struct PodTable: Sendable {
  public var views = Rows<PodView>()
  /// Many ask for them, again and again.
  var podNames = Rows<String>()
  public var templates: [TemplateID] = []
  /// Names a pod's draws: a hash of its owner's name and of its number among the owner's pods.
  public var causes: [UInt64] = []
  public var slots: [PodSlot] = []
  /// The latest pod under each name that is not generated.
  var names: [ObjectKey: PodID] = [:]
  /// Raised when what was planned for the pod no longer holds; events carry the one they were made under.
  public var generations: [UInt16] = []
  /// Messages of the condition PodScheduled=False of the pods that have it.
  public var unschedulable: [PodID: String] = [:]
  /// What the kubelets of their nodes know.
  var kubelet = Rows<KubeletPod>()

  public var count: Int { views.count }

  mutating func append(
    _ view: PodView, name: String, template: TemplateID, cause: UInt64, slot: PodSlot = .any
  ) -> PodID {
    views.append(view)
    podNames.append(name)
    templates.append(template)
    causes.append(cause)
    slots.append(slot)
    generations.append(0)
    kubelet.append(KubeletPod())
    return PodID(views.count - 1)
  }
}
