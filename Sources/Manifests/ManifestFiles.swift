import Foundation
import YAML

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

  /// Reads standard input, up to just beyond the size that a reader takes.
  ///
  /// - Throws: Foundation's error where it cannot be read.
  public static func standardInput() throws -> [UInt8] {
    try bytes(of: FileHandle.standardInput)
  }

  private static func paths(below folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { path in
        let parts = path.split(separator: "/")
        return !parts.contains { $0.hasPrefix(".") }
          && extensions.contains { path.hasSuffix("." + $0) }
          && isFile(folder + "/" + path)
      }
      .sorted()
  }

  /// Whether this is a file or leads to one: folders and pipes of such names are left out.
  private static func isFile(_ path: String) -> Bool {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }

  private static func bytes(at path: String) throws -> [UInt8] {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    return try bytes(of: file)
  }

  /// One byte more than is allowed is enough for a reader to refuse the rest.
  private static func bytes(of file: FileHandle) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= Limits.standard.maximumBytes,
      let part = try file.read(upToCount: 1 << 20), !part.isEmpty
    {
      bytes += part
    }
    return bytes
  }
}
