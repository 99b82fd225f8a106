import ClusterAPI
import Kernel
import Units
import World

/// The recordings' kubelet did what annotations of the pod template said; here each such template gets
/// an image of its own, whose profile says the same.
struct ScriptedKubelet {
  private(set) var profiles: [ImageProfile] = []

  /// Gives every container of a workload's template an image that stands for its annotations.
  mutating func translate(_ manifest: JSON) throws -> JSON {
    guard case .object(var object) = manifest, let template = manifest["spec"]?["template"],
      case .object(var spec)? = manifest["spec"], case .object(var changed) = template,
      case .object(var podSpec)? = template["spec"]
    else { return manifest }
    let annotations = try (template["metadata"] ?? .object([:])).members("annotations")
      .filter { $0.key.hasPrefix("sim/") }
    podSpec["containers"] = .array(
      try podSpec["containers", default: .array([])].array?.map { container in
        guard case .object(var members) = container else { return container }
        members["image"] = .string(try image(container.string("image"), annotations))
        return .object(members)
      } ?? [])
    changed["spec"] = .object(podSpec)
    spec["template"] = .object(changed)
    object["spec"] = .object(spec)
    return .object(object)
  }

  private mutating func image(_ name: String, _ annotations: [String: JSON]) throws -> String {
    let words = annotations.sorted { $0.key < $1.key }
      .map { "\($0.key.dropFirst(4))-\($0.value.string ?? "")" }
    let image = ([name] + words).joined(separator: "-")
    if profiles.contains(where: { $0.match == image }) { return image }
    func seconds(_ key: String) throws -> Span? {
      guard let text = annotations["sim/" + key]?.string else { return nil }
      guard let value = Double(text) else {
        throw EvidenceError("annotation sim/\(key) is no number: \(text)")
      }
      return .seconds(rounding: value)
    }
    var profile = ImageProfile(match: image)
    profile.size = .zero
    profile.readyWhenListening = true
    profile.startup = .constant(try seconds("ready-seconds") ?? .zero)
    profile.setup = try seconds("start-seconds") ?? .zero
    profile.shutdown = try seconds("termination-seconds") ?? .zero
    profile.alwaysTakesShutdown = true
    profile.neverReady = annotations["sim/never-ready"] != nil
    profile.pullable = annotations["sim/never-start"] == nil
    profile.crashAfterStart = try seconds("crash-after-seconds").map { .constant($0) }
    profiles.append(profile)
    return image
  }
}
