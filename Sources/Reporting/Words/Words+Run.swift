import ClusterAPI
public import Recording
import Units

extension Words {
  /// How a run ended: `rolled back`.
  public static func outcome(_ outcome: String?) -> String {
    switch outcome {
    case nil: "-"
    case "rolledBack": "rolled back"
    case .some(let word): word
    }
  }

  /// `NoRequestLost: 12 of 75,000 requests lost: 12 reset`
  public static func finding(_ finding: RunRecord.Finding) -> String {
    finding.detail.isEmpty ? finding.name : "\(finding.name): \(detail(finding))"
  }

  static func detail(_ finding: RunRecord.Finding) -> String {
    finding.name == "outcome"
      ? finding.detail.replacing("rolledBack", with: "rolled back") : finding.detail
  }

  /// `configmap/web data.limit is "20", without the change "10"`
  public static func defect(_ defect: RunRecord.Defect) -> String {
    let object = defect.object.description
    guard !defect.path.isEmpty else {
      return defect.expected == nil ? "\(object) was left behind" : "\(object) is gone"
    }
    return "\(object) \(defect.path) is \(defect.found ?? "not set"), without the change "
      + (defect.expected ?? "not set")
  }

  /// The decision with its reason and what both branches cost.
  public static func decision(_ decision: RunRecord.Decision) -> String {
    "\(decision.decision.subject.description): "
      + "\(self.decision(decision.decision, taken: decision.taken)); \(harm(decision))"
  }

  /// `12 requests failed or slow, with promoting 340: right`
  static func harm(_ decision: RunRecord.Decision) -> String {
    var text = "\(count(decision.harm, "request")) failed or slow"
    if let other = decision.otherHarm {
      text += ", with \(doing(other: decision)) \(count(other))"
    }
    return "\(text): \(rating(decision.rating))"
  }

  /// The branch that was not taken.
  private static func doing(other decision: RunRecord.Decision) -> String {
    let asked = decision.decision
    return doing(decision.taken == asked.option ? asked.otherwise : asked.option)
  }

  static func rating(_ rating: String) -> String {
    switch rating {
    case "falseAlarm": "false alarm"
    case "notMeasured": "not measured"
    default: rating
    }
  }

  /// `96..98`, or one number.
  static func range(_ range: ClosedRange<Int>) -> String {
    range.lowerBound == range.upperBound
      ? "\(range.lowerBound)" : "\(range.lowerBound)..\(range.upperBound)"
  }

  /// The command that shows a run again.
  static func replay(_ run: RunRecord) -> String {
    "wavetank replay \(shellWord(run.scenario)) --seed \(run.seed)"
  }

  /// Quoted for a shell where it must be.
  private static func shellWord(_ word: String) -> String {
    let plain = word.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"):
        true
      default: false
      }
    }
    if plain && !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }
}
