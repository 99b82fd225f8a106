import Control

/// The whole default profile: filters, normalized weighted scores, best nodes.
enum SchedulerDefaultProfile: Family {
  static let name = "scheduler_default_profile"

  static func answer(to input: JSON) throws -> JSON {
    var scene = try SchedulerJSON.scene(input, options: SchedulerOptions())
    let decision = scene.cache.explain(scene.incoming)
    return SchedulerJSON.json(
      decision, names: scene.nodeNames, plugins: Set(SchedulerPlugin.allCases))
  }
}
