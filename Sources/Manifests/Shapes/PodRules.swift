import ClusterAPI
import YAML

// What the API server demands of pods beyond the types of their fields (`ValidatePodSpec`).
extension Reading {
  mutating func reportMissing(_ key: String, at node: YAMLNode) {
    at(.key(key)) {
      $0.report(.error, at: node, "required field is missing", remedy: "add `\(key):`")
    }
  }

  /// Demands at least one container, and a name of its own for each.
  mutating func checkContainers(_ spec: PodSpec, _ node: YAMLNode) {
    if let written = node["containers"], written.sequence?.isEmpty == true {
      at(.key("containers")) {
        $0.report(.error, at: written, "a pod needs a container", remedy: "add one")
      }
    }
    var seen: [String: YAMLNode] = [:]
    for key in ["initContainers", "containers"] {
      for (index, container) in (node[key]?.sequence ?? []).enumerated() {
        guard let name = container["name"], case .string(let text) = name.resolved else { continue }
        let other = seen[text]
        seen[text] = name
        let isName = text.utf8.count <= 63 && LabelSyntax.isSubdomain(text) && !text.contains(".")
        if isName, other == nil { continue }
        at(.key(key)) { reading in
          reading.at(.index(index)) { reading in
            reading.at(.key("name")) { reading in
              reading.report(
                .error, at: name,
                other.map {
                  "the container at \(reading.location($0).description) has the name "
                    + "`\(name.excerpt)` too"
                } ?? "`\(name.excerpt)` is no name of a container",
                remedy: other == nil
                  ? "write up to 63 lower-case letters, digits and -" : "rename one of them")
            }
          }
        }
      }
    }
  }

  /// Demands that no request is above its limit (`ValidateContainerResourceRequirements`).
  mutating func checkResources(_ container: Container, _ node: YAMLNode?) {
    for (resource, request) in container.resources.requests {
      guard let limit = container.resources.limits[resource], request > limit,
        let written = node?["requests"]?[resource], let bound = node?["limits"]?[resource]
      else { continue }
      at(.key("resources")) { reading in
        reading.at(.key("requests")) { reading in
          reading.at(.key(resource)) {
            $0.report(
              .error, at: written,
              "\(written.excerpt) is more than the limit, \(bound.excerpt)",
              remedy: "lower it, or raise the limit")
          }
        }
      }
    }
  }
}
