import ClusterAPI

/// `SetDefaults_HorizontalPodAutoscaler`.
enum HPADefaults: Family {
  static let name = "hpa_defaults"

  static func answer(to input: JSON) throws -> JSON {
    let object = try AutoscalerJSON.autoscaler(try input.require("spec"))
    return ["spec": try AutoscalerJSON.json(object.defaulted)]
  }
}
