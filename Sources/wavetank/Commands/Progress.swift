import Foundation
import Synchronization

/// A bar on standard error while runs finish, with an estimate; nothing where that is no terminal.
final class Progress: Sendable {
  private let total: Int
  private let began = Date()
  private let done = Mutex(0)

  init(total: Int) { self.total = total }

  /// One more is done.
  func step(_ name: String) {
    guard Terminal.hasProgress else { return }
    done.withLock { done in
      done += 1
      let width = 24
      let filled = width * done / max(total, 1)
      let bar =
        String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      let left = Date().timeIntervalSince(began) / Double(done) * Double(total - done)
      let line = "\r\u{1B}[2K\(bar) \(done)/\(total)  \(Int(left.rounded(.up))) s left  \(name)"
      FileHandle.standardError.write(Data(line.utf8))
    }
  }

  /// Takes the bar away.
  func end() {
    if Terminal.hasProgress { FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8)) }
  }
}
