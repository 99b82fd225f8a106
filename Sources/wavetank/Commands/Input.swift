import Foundation
import Manifests

/// What is wrong with the command line or a file: said on standard error, exit code 2.
enum WrongInput {
  static func say(_ message: String) -> Int32 {
    FileHandle.standardError.write(Data("wavetank: \(message)\n".utf8))
    return 2
  }

  static func say(_ message: String, in known: [String], for word: String) -> Int32 {
    let hint = Spelling.nearest(word, in: known).map { "did you mean `\($0)`?" }
    return say("\(message); \(hint ?? "known are \(known.joined(separator: ", "))")")
  }
}

/// Manifests from files, folders (all `.yaml`, `.yml` and `.json` below) and standard input.
enum ManifestInput {
  /// nil, with a message on standard error, where a path cannot be read.
  static func read(_ paths: [String]) -> ManifestSet? {
    var set = ManifestSet()
    let reader = ManifestReader()
    for path in paths {
      if path == "-" {
        let data = FileHandle.standardInput.readDataToEndOfFile()
        reader.read(name: "<stdin>", bytes: [UInt8](data), into: &set)
        continue
      }
      guard let files = files(path) else {
        _ = WrongInput.say("cannot read `\(path)`: no such file or folder")
        return nil
      }
      for file in files {
        guard let data = FileManager.default.contents(atPath: file) else {
          _ = WrongInput.say("cannot read `\(file)`")
          return nil
        }
        reader.read(name: file, bytes: [UInt8](data), into: &set)
      }
    }
    return set
  }

  private static func files(_ path: String) -> [String]? {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return nil
    }
    if !isFolder.boolValue { return [path] }
    let below = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return
      below
      .filter { ["yaml", "yml", "json"].contains(($0 as NSString).pathExtension.lowercased()) }
      .sorted().map { (path as NSString).appendingPathComponent($0) }
  }
}
