public import Units

extension LifecycleHandler {
  /// How long the handler takes, as far as it can be told: of `sleep`, and of a command that calls
  /// `sleep` (`["sleep", "5"]`, `["/bin/sh", "-c", "sleep 5 && nginx -s quit"]`); else nothing.
  public var knownDuration: Span {
    switch self {
    case .sleep(let seconds): return .seconds(Int64(seconds))
    case .httpGet, .tcpSocket: return .zero
    case .exec(let command):
      let words = command.flatMap { $0.split { " ;&|\t\n".contains($0) } }
      var total = Span.zero
      for (word, next) in zip(words, words.dropFirst())
      where word == "sleep" || word.hasSuffix("/sleep") {
        let digits = next.last == "s" ? next.dropLast() : next
        if let seconds = Double(digits), seconds >= 0, seconds < 1e6 {
          total += .seconds(rounding: seconds)
        }
      }
      return total
    }
  }
}
