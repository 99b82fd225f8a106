import ClusterAPI
import YAML

// What the API server demands of workloads beyond the types of their fields.
extension Reading {
  /// Demands a selector that chooses the template's pods, and pods that are always restarted, as
  /// validation of `apps/v1` does.
  ///
  /// The versions before it took the template's labels where no selector was written.
  mutating func finishWorkload(
    _ selector: inout LabelSelector, _ template: PodTemplate, _ node: YAMLNode
  ) {
    finishSelector(&selector, template, node)
    demandRestartPolicy([.always], of: template, node, remedy: "write `Always` or nothing")
  }

  private mutating func finishSelector(
    _ selector: inout LabelSelector, _ template: PodTemplate, _ node: YAMLNode
  ) {
    guard let spec = node["spec"], spec.mapping != nil else { return }
    guard let written = spec["selector"], !written.isNull else {
      if apiVersion == "apps/v1" {
        at(.key("spec")) { reading in
          reading.at(.key("selector")) {
            $0.report(.error, at: spec, "required field is missing", remedy: "add `selector:`")
          }
        }
      } else {
        selector = LabelSelector(matchLabels: template.labels)
      }
      return
    }
    let templateNode = spec["template"]
    guard written.mapping != nil, let templateNode, templateNode.mapping != nil,
      !selector.matches(template.labels)
    else { return }
    at(.key("spec")) { reading in
      reading.at(.key("selector")) {
        $0.report(
          .error, at: written, "does not choose the template's own labels",
          remedy: "give the template the labels that the selector names")
      }
    }
  }

  /// Demands that the template's pods are restarted as their controller needs it.
  mutating func demandRestartPolicy(
    _ wanted: [PodSpec.RestartPolicy], of template: PodTemplate, _ node: YAMLNode, remedy: String
  ) {
    guard !wanted.contains(template.spec.restartPolicy),
      let spec = node["spec"]?["template"]?["spec"], spec.mapping != nil
    else { return }
    at(.key("spec")) { reading in
      reading.at(.key("template")) { reading in
        reading.at(.key("spec")) { reading in
          reading.at(.key("restartPolicy")) {
            $0.report(
              .error, at: spec["restartPolicy"] ?? spec,
              "must be \(wanted.map(\.rawValue).joined(separator: " or ")), but is "
                + "\(template.spec.restartPolicy.rawValue)", remedy: remedy)
          }
        }
      }
    }
  }
}
