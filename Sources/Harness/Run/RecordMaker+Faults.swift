import Chaos
import Recording
import Units

extension RunRecord.Fault {
  /// A fault of a scenario, with what it is given.
  init(_ timed: Scenario.TimedFault, end: Instant) {
    let type = FaultCatalog.fault(timed.kind)
    let parameters = (type?.parameters ?? []).compactMap { parameter -> Parameter? in
      let value: Value? =
        switch timed.values[parameter.name] {
        case .text(let text): text.isEmpty ? nil : .text(text)
        case .span(let span): .span(span)
        case .ratio(let ratio): parameter.form == .factor ? .factor(ratio) : .share(ratio)
        case .count(let count): .count(count)
        case .bytes(let bytes): .bytes(bytes.count)
        case nil: nil
        }
      return value.map { Parameter(parameter.name, $0) }
    }
    let from = Instant.zero + timed.at
    self.init(
      timed.kind, parameters, from: from, to: timed.duration.map { min(from + $0, end) },
      isBlow: type?.init(timed.values).end.isEmpty ?? false)
  }
}
