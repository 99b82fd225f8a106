import Foundation

/// Finds scenario files.
public enum ScenarioFiles {
  /// A file, or all scenarios of a folder and the folders in it, by ascending path.
  ///
  /// In a folder, YAML files that hold no `kind: Scenario` are manifests of the scenarios beside
  /// them, and left out.
  ///
  /// - Throws: Foundation's error where something cannot be read.
  public static func list(_ path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw CocoaError(.fileReadNoSuchFile)
    }
    guard isFolder.boolValue else { return [path] }
    let base = path.hasSuffix("/") ? String(path.dropLast()) : path
    return try FileManager.default.subpathsOfDirectory(atPath: path)
      .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
      .sorted()
      .map { base + "/" + $0 }
      .filter { file in
        let text = FileManager.default.contents(atPath: file).map {
          String(decoding: $0, as: UTF8.self)
        }
        return text?.split(separator: "\n").contains { $0.hasPrefix("kind: Scenario") } ?? false
      }
  }
}
