import Foundation

/// Finds and loads manifest files.
public enum ManifestFiles {
  /// Files that hold manifests.
  public static let extensions = ["json", "yaml", "yml"]

  /// Loads a file, or all manifest files of a folder and the folders in it, by ascending path.
  ///
  /// Hidden files and folders are left out, and symbolic links to folders not followed. Names are
  /// paths below the one given, or that path itself where it is a file.
  ///
  /// - Throws: Foundation's error where something cannot be read.
  public static func load(at path: String) throws -> [(name: String, bytes: [UInt8])] {
    var isFolder: ObjCBool = false
    // What is absent fails below, with the system's own reason.
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      return [(path, try bytes(at: path))]
    }
    return try paths(below: path).map { name in
      (name, try bytes(at: path + "/" + name))
    }
  }

  private static func paths(below folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { path in
        let parts = path.split(separator: "/")
        return !parts.contains { $0.hasPrefix(".") }
          && extensions.contains { path.hasSuffix("." + $0) }
      }
      .sorted()
  }

  private static func bytes(at path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
