import ClusterAPI
import Foundation
import Manifests

/// What is wrong with the command line or a file: said on standard error, exit code 2.
enum WrongInput {
  static func say(_ message: String) -> Int32 {
    FileHandle.standardError.write(Data("wavetank: \(message)\n".utf8))
    return 2
  }

  /// Names at most.
  private static let named = 20

  /// With the nearest of what there is, else all that there is.
  ///
  /// - Parameter none: what to say where there is nothing.
  static func say(
    _ message: String, in known: [String], for word: String, none: String = "there are none"
  ) -> Int32 {
    if known.isEmpty { return say("\(message); \(none)") }
    if let nearest = nearest(to: word, among: known) {
      return say("\(message); did you mean `\(nearest)`?")
    }
    let rest = known.count - named
    let list = known.prefix(named).joined(separator: ", ")
    return say("\(message); known are \(list)\(rest > 0 ? " and \(rest) more" : "")")
  }
}

/// Manifests from files, folders and standard input.
enum ManifestInput {
  /// nil, with a message on standard error, where a path cannot be read.
  static func read(_ paths: [String]) -> ManifestSet? {
    load(paths).map { ManifestReader.read(files: $0) }
  }

  /// The files' bytes; nil, with a message on standard error, where a path cannot be read.
  static func load(_ paths: [String]) -> [(name: String, bytes: [UInt8])]? {
    var files: [(name: String, bytes: [UInt8])] = []
    for path in paths {
      do {
        if path == "-" {
          files.append((name: "stdin.yaml", bytes: try ManifestFiles.standardInput()))
        } else {
          files += try ManifestFiles.load(at: path)
        }
      } catch {
        _ = WrongInput.say("cannot read `\(path)`: \(Files.problem(error))")
        return nil
      }
    }
    return files
  }
}
