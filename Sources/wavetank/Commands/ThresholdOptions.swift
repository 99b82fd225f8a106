import Arguments
import Harness
import Recording
import Units

/// How much worse than its baseline a suite may be.
struct ThresholdOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The mean score may be so much lower.", valueName: "points"),
    transform: atLeastZero)
  var maxScoreDrop = Comparison.Thresholds().score
  @Option(
    help: ArgumentHelp(
      "So many more of all requests may fail, in percentage points.", valueName: "percent"))
  var maxFailedRise = Percentage(Comparison.Thresholds().failedRatio)
  @Option(
    help: ArgumentHelp(
      "Settling, detection and the time below the minimum may take so much longer...",
      valueName: "span"))
  var maxSlower = Length(Comparison.Thresholds().seconds)
  @Option(
    help: ArgumentHelp("...or by so much of the baseline, if that is more.", valueName: "percent"))
  var maxSlowerShare = Percentage(Comparison.Thresholds().secondsShare)

  var limits: Comparison.Thresholds {
    var limits = Comparison.Thresholds()
    limits.score = maxScoreDrop
    limits.failedRatio = maxFailedRise.share
    limits.seconds = maxSlower.seconds
    limits.secondsShare = maxSlowerShare.share
    return limits
  }
}

/// A share as the command line has it: `0.1%`, or `0.1`, which is the same.
struct Percentage: ExpressibleByArgument {
  /// Of 1.
  var share: Double

  init(_ share: Double) { self.share = share }

  init?(argument: String) {
    let digits = argument.hasSuffix("%") ? String(argument.dropLast()) : argument
    guard let value = Double(digits), value >= 0, value.isFinite else { return nil }
    share = value / 100
  }

  var defaultValueDescription: String { plain(share * 100) + "%" }
  static let wantedValue = "a percentage such as 0.1%"
}

/// A length of time, or none: `5s`, `1m30s`, `0s`.
struct Length: ExpressibleByArgument {
  var seconds: Double

  init(_ seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    guard let span = Span(text: argument), span >= .zero else { return nil }
    seconds = span.seconds
  }

  var defaultValueDescription: String { plain(seconds) + "s" }
  static let wantedValue = "a length of time such as 5s"
}

/// Without `.0`.
private func plain(_ number: Double) -> String {
  number == number.rounded() ? "\(Int(number))" : "\(number)"
}

@Sendable private func atLeastZero(_ word: String) throws -> Double {
  guard let number = Double(word), number >= 0, number.isFinite else {
    throw ValidationError("write a number of at least 0")
  }
  return number
}
