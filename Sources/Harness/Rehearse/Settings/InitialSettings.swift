public import ClusterAPI
import Units

/// The text of a `wavetank.yaml` that says everything which would be assumed without it.
public enum InitialSettings {
  public static func text(_ objects: [ClusterObject]) -> String {
    var lines = [
      "# What a rehearsal assumes of these manifests, as nothing in them tells it. Write what you know",
      "# better, and delete what you do not: it is assumed again then.",
      "apiVersion: wavetank.dev/v1", "kind: Rehearsal", "",
      "# Programs, by image; `*` is any text, and the first that matches applies.", "images:",
    ]
    let modest = ModestProgram(objects)
    var known: Set<String> = []
    for object in objects {
      guard let spec = object.podTemplate?.spec else { continue }
      for container in spec.containers {
        let match = pattern(container.image)
        guard known.insert(match).inserted else { continue }
        let (startup, source) = startup(of: object, container, modest)
        lines += [
          "# \(object.key.description), container \(container.name)",
          "- match: \(quoted(match))",
          "  size: 200Mi                # of the image, pulled with 60Mi in a second",
          "  startup: \(Assumptions.text(startup))   # \(source)",
          "  serviceTime: 10ms          # of one request",
          "  cpuPerRequest: 2ms",
          "  concurrency: \(Assumptions.concurrency)            # requests served side by side",
          "  memory: {base: \(modest.memory.count >> 20)Mi}      # of the idle process",
        ]
      }
    }
    if known.isEmpty { lines[lines.count - 1] = "images: []" }
    lines += load(objects) + nodes(objects)
    lines += [
      "", "# Findings that are known and lived with; without an object, every one of the id.",
      "accept: []",
      "# accept:",
      "# - {id: drain-takes-last-pod, object: deployment/web, reason: one pod is enough}",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The repository with any tag.
  private static func pattern(_ image: String) -> String {
    let last = image.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let name = last.split(separator: "@").first ?? last
    let base = name.split(separator: ":").first ?? name
    return image.dropLast(last.count) + base + "*"
  }

  private static func startup(
    of object: ClusterObject, _ container: Container, _ modest: ModestProgram
  ) -> (Span, String) {
    let hints = WorkloadHints(object)
    if let startup = hints.startup { return (startup, hints.sources.joined(separator: ", ")) }
    return (modest.startup, "until it listens")
  }

  private static func load(_ objects: [ClusterObject]) -> [String] {
    var (lines, known): ([String], Set<ObjectKey>) = ([], [])
    for workload in objects.compactMap({ RehearsedWorkload($0) }) {
      let assumed = Assumptions(objects, workload, rate: nil, startup: nil, serviceTime: nil)
      for service in assumed.services where known.insert(service).inserted {
        lines.append(
          "- {service: \(quoted(service.name)), namespace: \(quoted(service.namespace)), "
            + "rate: \(assumed.rateOfEach)}")
      }
    }
    let title =
      "# Requests in a second; half of what the pods can serve, at most 500 to each workload."
    return ["", title] + (lines.isEmpty ? ["load: []"] : ["load:"] + lines)
  }

  private static func nodes(_ objects: [ClusterObject]) -> [String] {
    let cluster = InferredCluster(objects)
    var machine = ["pods: 110"]
    if let cpu = cluster.machine["cpu"] { machine.append("cpu: \(quoted(cpu.description))") }
    if let memory = cluster.machine["memory"] { machine.append("memory: \(memory.value >> 20)Mi") }
    if let gpu = cluster.machine["nvidia.com/gpu"] {
      machine.append("gpu: {count: \(gpu.value)}")
    }
    let labels = cluster.labels.map { "\(quoted($0.key)): \(quoted($0.value))" }
    return [
      "", "# Nodes: room for all that the manifests ask for, and half as much again.", "nodePools:",
      "- name: node", "  count: \(cluster.nodes)", "  zones: [a, b, c]",
      "  labels: {\(labels.joined(separator: ", "))}",
      "  machine: {\(machine.joined(separator: ", "))}",
    ]
  }

  private static func quoted(_ text: String) -> String { ScenarioWriter.quoted(text) }
}
