import ClusterAPI

/// `qos.ComputePodQOS`.
enum PodQOS: Family {
  static let name = "pod_qos"

  static func answer(to input: JSON) throws -> JSON {
    let containers = try input.elements("containers") + input.elements("initContainers")
    let resources = try containers.map {
      QOSClass.Resources(
        requests: try ObjectJSON.resources($0, "requests"),
        limits: try ObjectJSON.resources($0, "limits"))
    }
    return ["qosClass": .string(QOSClass.of(containers: resources).rawValue)]
  }
}
