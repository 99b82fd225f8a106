import ClusterAPI
import Foundation
import Manifests

/// What is wrong with the command line or a file: said on standard error, exit code 2.
enum WrongInput {
  static func say(_ message: String) -> Int32 {
    FileHandle.standardError.write(Data("wavetank: \(message)\n".utf8))
    return 2
  }

  static func say(_ message: String, in known: [String], for word: String) -> Int32 {
    let hint = nearest(to: word, among: known).map { "did you mean `\($0)`?" }
    return say("\(message); \(hint ?? "known are \(known.joined(separator: ", "))")")
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
        _ = WrongInput.say("cannot read `\(path)`: \(error.localizedDescription)")
        return nil
      }
    }
    return files
  }
}

extension ManifestSet {
  /// Objects by kind, in order of the kinds' names; those that act in a simulation apart.
  func kinds(simulated: Bool) -> [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for object in objects {
      let acts = [.deployment, .service].contains(object.kind)
      if acts == simulated { counts[object.kind.name, default: 0] += 1 }
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
