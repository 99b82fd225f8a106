import Control
import Units

/// The kubelet's probe workers: every probe, every change of a result, every restart.
public enum ProbeTimeline: Family {
  public static let name = "probe_timeline"

  public static func answer(to input: JSON) throws -> JSON {
    var container = try ProbedContainer(input)
    container.runByTicks()
    return container.answer
  }

  /// The order of what happened at one instant does not matter.
  public static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference] {
    Difference.between(
      try ProbedContainer.sorted(expected), try ProbedContainer.sorted(actual),
      relativeError: relativeError)
  }
}
