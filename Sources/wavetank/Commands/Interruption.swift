import Arguments
import Foundation
import Synchronization

/// SIGINT and SIGTERM while scenarios run: what is under way is finished, no other run is begun, the
/// record is closed, and the command ends with 130 or 143. A second signal ends it at once.
enum Interruption {
  /// The signal that came; 0: none.
  private static let received = Atomic<Int32>(0)

  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// Such as `SIGINT`, with the code to exit with; nil where no signal came.
  static var end: (name: String, code: Int32)? {
    let number = received.load(ordering: .relaxed)
    if number == 0 { return nil }
    return (number == SIGINT ? "SIGINT" : "SIGTERM", 128 + number)
  }

  static func watch() {
    // A handler must not be the first to ask for it: that would take a lock.
    _ = isRequested
    // Whoever starts the command may have left them blocked.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if Interruption.received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
        let words: StaticString =
          "\ninterrupted: runs under way are finished and kept; once more ends at once\n"
        _ = unsafe write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
      }
    }
  }

  /// Says what was done.
  ///
  /// - Parameter suite: where it is recorded; nil: nowhere.
  /// - Returns: the exit code; nil where no signal came.
  static func report(finished: Int, of total: Int, suite: Int64?) -> Int32? {
    guard let (name, code) = end else { return nil }
    let place = suite.map { ", recorded as suite \($0) (`wavetank history \($0)` lists them)" }
    Terminal.say(
      "wavetank: interrupted by \(name): \(finished) of \(total) runs were finished"
        + (place ?? ", not recorded"))
    return code
  }
}
