/// One series of an alerting rule's answer over time.
public struct Alert: Sendable, Equatable {
  public enum State: String, Sendable {
    /// The series is gone; a resolved alert is remembered for a while.
    case inactive
    /// The series has not been there for long enough.
    case pending
    case firing
  }

  public var state: State
  /// Of the series without its name, with the rule's labels and `alertname`.
  public var labels: Labels
  public var annotations: Labels
  /// At the last evaluation at which the series was there.
  public var value: Double
  /// Since when the series has been there; times are milliseconds since 1970.
  public var activeAt: Int64
  public var firedAt: Int64?
  public var resolvedAt: Int64?
  /// Since when it fires without its series.
  public var keptFiringSince: Int64?
}

/// The alerts of one rule.
struct AlertTable: Sendable {
  /// How long a resolved alert is remembered, in milliseconds.
  private static let retention: Int64 = 15 * 60_000

  /// In the order in which their series came up.
  private(set) var alerts: [Alert] = []
  private var places: [Labels: Int] = [:]

  var active: [Alert] { alerts.filter { $0.state != .inactive } }

  mutating func removeAll() { self = AlertTable() }

  /// Takes what an evaluation found: pending alerts with their labels, each once.
  ///
  /// - Returns: the alerts that are pending or fire now.
  mutating func update(
    with found: [Alert], at time: Int64, hold: Int64, keepFiring: Int64
  ) -> [Alert] {
    var isThere = Array(repeating: false, count: alerts.count)
    for alert in found {
      guard let place = places[alert.labels] else {
        places[alert.labels] = alerts.count
        alerts.append(alert)
        isThere.append(true)
        continue
      }
      isThere[place] = true
      if alerts[place].state == .inactive {
        alerts[place] = alert
      } else {
        alerts[place].value = alert.value
        alerts[place].annotations = alert.annotations
      }
    }
    var shown: [Alert] = []
    var kept: [Alert] = []
    for (place, var alert) in alerts.enumerated() {
      let staysKnown =
        isThere[place]
        ? AlertTable.present(&alert, at: time, hold: hold)
        : AlertTable.absent(&alert, at: time, keepFiring: keepFiring)
      if alert.state != .inactive { shown.append(alert) }
      if staysKnown { kept.append(alert) }
    }
    let isShorter = kept.count < alerts.count
    alerts = kept
    if isShorter {
      places = [:]
      for (place, alert) in alerts.enumerated() { places[alert.labels] = place }
    }
    return shown
  }

  private static func present(_ alert: inout Alert, at time: Int64, hold: Int64) -> Bool {
    alert.keptFiringSince = nil
    if alert.state == .pending, time - alert.activeAt >= hold {
      alert.state = .firing
      alert.firedAt = time
    }
    return true
  }

  /// - Returns: whether the alert is still remembered.
  private static func absent(_ alert: inout Alert, at time: Int64, keepFiring: Int64) -> Bool {
    if alert.state == .firing, keepFiring > 0 {
      let since = alert.keptFiringSince ?? time
      alert.keptFiringSince = since
      if time - since < keepFiring { return true }
    }
    let isForgotten =
      alert.state == .pending || alert.resolvedAt.map { time - $0 > retention } ?? false
    if alert.state != .inactive {
      alert.state = .inactive
      alert.resolvedAt = time
    }
    return !isForgotten
  }
}
