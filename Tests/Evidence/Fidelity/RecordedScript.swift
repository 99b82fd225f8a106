import ClusterAPI
import Control
import Manifests
public import Units
public import World

/// A recording's cluster and script as the world takes them: nodes, images, and timed changes.
public struct RecordedScript {
  public private(set) var options: WorldOptions
  public private(set) var changes: [(at: Instant, change: Change)] = []
  public private(set) var disturbances: [(at: Instant, disturbance: Disturbance)] = []
  /// Instants of `snapshot` actions.
  public private(set) var snapshots: [Instant] = []

  private var kubelet = ScriptedKubelet()
  /// The manifests as they were last written, by kind and name.
  private var written: [String: JSON] = [:]

  public init(_ recording: Recording, latencies: Latencies) throws {
    options = WorldOptions(seed: 1)
    options.latencies = latencies
    // The nodes were made when the recording began.
    options.leasesInStep = true
    options.nodes = try recording.nodes.map(RecordedScript.node)
    for entry in recording.timeline where entry["ev"]?.string == "bound" {
      guard let name = entry["pod"]?.string, let number = Int(name.dropFirst()),
        let node = entry["node"]?.string
      else { continue }
      options.tiedNodes[number] = node
    }
    for entry in recording.timeline where entry["ev"]?.string == "terminating" {
      guard let name = entry["pod"]?.string, let number = Int(name.dropFirst()),
        options.uidRanks[number] == nil
      else { continue }
      options.uidRanks[number] = options.uidRanks.count
    }
    for step in recording.script { try add(step, recording) }
    options.profiles = kubelet.profiles
    if let load = try RecordedLoad(recording) {
      options.metrics = load.scripts
      options.autoscaling.syncPeriod = nil
      options.autoscalerSyncs = load.syncs.map { .zero + .seconds(rounding: $0) }
    }
  }

  /// A world to which all of it is going to happen.
  public func world(seed: UInt64 = 1) -> World {
    var options = options
    options.seed = seed
    var world = World(options)
    for (at, change) in changes { world.schedule(change, at: at) }
    for (at, disturbance) in disturbances { world.schedule(disturbance, at: at) }
    return world
  }

  private mutating func add(_ step: JSON, _ recording: Recording) throws {
    let at = Instant.zero + .seconds(rounding: try step.number("at"))
    let action = try step.string("action")
    switch action {
    case "apply":
      for index in try step.elements("manifests") {
        guard let number = index.int, recording.manifests.indices.contains(Int(number)) else {
          throw EvidenceError("a script applies the unknown manifest \(index)")
        }
        let manifest = recording.manifests[Int(number)]
        written[try RecordedScript.name(manifest)] = manifest
        try apply(manifest, at: at)
      }
    case "patch":
      let name = try step.string("kind") + "/" + step.string("name")
      guard let manifest = written[name] else {
        throw EvidenceError("a script patches the unknown \(name)")
      }
      let patch = try step.require("patch")
      let patched = manifest.merging(patch)
      written[name] = patched
      // What the patch leaves alone stays as somebody else may have set it.
      let keepsReplicas = patch["spec"]?["replicas"] == nil
      let silent: JSON = ["spec": ["replicas": .null]]
      try apply(keepsReplicas ? patched.merging(silent) : patched, at: at)
    case "scale":
      let kind = step["kind"]?.string ?? "Deployment"
      let name = step["name"]?.string ?? RecordedScript.firstName(kind, recording)
      let key = ObjectKey(Kind(kind, group: "apps"), namespace: "default", name: name)
      changes.append((at, .scale(key, replicas: Int(try step.int("replicas")))))
    case "delete":
      let kind = Kind(try step.string("kind"), group: "apps")
      let key = ObjectKey(kind, namespace: "default", name: try step.string("name"))
      changes.append((at, .delete(key)))
    case "deletePod": try add(.delete(gracePeriodSeconds: nil), to: step, at: at)
    case "forceDeletePod": try add(.delete(gracePeriodSeconds: 0), to: step, at: at)
    case "evict": try add(.evict, to: step, at: at)
    case "annotatePod":
      var annotations: Labels = [:]
      for (key, value) in try step.members("annotations") { annotations[key] = value.string }
      try add(.annotate(annotations), to: step, at: at)
    case "setReady":
      disturbances.append(
        (at, .podReadiness(try RecordedScript.pod(step.require("pod")), try step.bool("ready"))))
    case "drain": try add(.drain, to: step, at: at)
    case "cordon": try add(.cordon(step["on"]?.bool ?? true), to: step, at: at)
    case "deleteNode": try add(.delete, to: step, at: at)
    case "taint":
      try add(.taint(step.elements("taints").map(RecordedScript.taint)), to: step, at: at)
    case "label":
      for (key, value) in try step.require("labels").object ?? [:] {
        try add(.label(key, value.string), to: step, at: at)
      }
    case "killNode":
      disturbances.append((at, .nodes(try RecordedScript.selection(step), .crash)))
    case "reviveNode":
      disturbances.append((at, .nodesRecover(try RecordedScript.selection(step), .crash)))
    case "addNode":
      let spec = try RecordedScript.node(step.require("spec"))
      var node = Node(meta: ObjectMeta(name: spec.name, namespace: "", labels: spec.labels))
      node.taints = spec.taints
      node.allocatable = spec.allocatable
      changes.append((at, .apply(.node(node))))
    case "snapshot": snapshots.append(at)
    default: throw EvidenceError("a script has the unknown action \"\(action)\"")
    }
  }

  private mutating func apply(_ manifest: JSON, at: Instant) throws {
    let text = try kubelet.translate(manifest).description
    let read = ManifestReader.read(files: [("recording", Array(text.utf8))])
    if let problem = read.diagnostics.first(where: { $0.severity == .error }) {
      throw EvidenceError("a manifest cannot be read: \(problem.message)")
    }
    for object in read.objects { changes.append((at, .apply(object))) }
  }

  private mutating func add(_ work: PodWork, to step: JSON, at: Instant) throws {
    changes.append((at, .pod(try RecordedScript.pod(step.require("pod")), work)))
  }

  private mutating func add(_ work: NodeWork, to step: JSON, at: Instant) throws {
    let node = try step.require("node")
    if let name = node.string {
      changes.append((at, .node(.named(name), work)))
    } else {
      changes.append((at, .node(.of(try RecordedScript.pod(node.require("of"))), work)))
    }
  }

  private static func name(_ manifest: JSON) throws -> String {
    try manifest.string("kind") + "/" + manifest.require("metadata").string("name")
  }

  private static func firstName(_ kind: String, _ recording: Recording) -> String {
    recording.manifests.first { $0["kind"]?.string == kind }?["metadata"]?["name"]?.string ?? ""
  }

  /// `p3`, a StatefulSet pod's name, or `{"on": node}`.
  static func pod(_ reference: JSON) throws -> PodReference {
    if let node = reference["on"]?.string { return .on(node: node) }
    guard let name = reference.string else { throw EvidenceError("no pod: \(reference)") }
    if name.hasPrefix("p"), let number = Int(name.dropFirst()) { return .made(number) }
    return .named(name)
  }

  private static func selection(_ step: JSON) throws -> NodeSelection {
    let node = try step.require("node")
    if let name = node.string { return NodeSelection(name: name) }
    return NodeSelection(holding: try RecordedScript.pod(node.require("of")))
  }

  /// An object, or `key=value:effect`.
  private static func taint(_ value: JSON) throws -> Taint {
    if let text = value.string {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      let pair = parts[0].split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2 else { throw EvidenceError("a taint without an effect: \(text)") }
      return Taint(
        key: String(pair[0]), value: pair.count > 1 ? String(pair[1]) : "",
        effect: TaintEffect(String(parts[1])))
    }
    return Taint(
      key: try value.string("key"), value: value["value"]?.string ?? "",
      effect: TaintEffect(try value.string("effect")))
  }

  private static func node(_ value: JSON) throws -> NodeSpec {
    func quantity(_ key: String) throws -> Quantity? {
      guard let amount = value[key] else { return nil }
      let text = amount.string ?? amount.description
      guard let quantity = try? Quantity(parsing: text) else {
        throw EvidenceError("a node's \(key) is no quantity: \(text)")
      }
      return quantity
    }
    let name = try value.string("name")
    var allocatable: ResourceList = [:]
    allocatable["cpu"] = try quantity("cpu")
    allocatable["memory"] = try quantity("memory")
    allocatable["pods"] = try quantity("pods") ?? Quantity(110)
    allocatable["nvidia.com/gpu"] = try quantity("gpu")
    var spec = NodeSpec(name: name, allocatable: allocatable)
    for (key, label) in try value.members("labels") { spec.labels[key] = label.string }
    spec.labels["kubernetes.io/hostname"] = name
    if let zone = value["zone"]?.string { spec.labels["topology.kubernetes.io/zone"] = zone }
    spec.taints = try value.elements("taints").map(taint)
    return spec
  }
}
