import Foundation
import Manifests
import Synchronization

/// Where the files of a scenario come from: a folder, or the memory of an earlier run.
public final class ScenarioSource: Sendable {
  public typealias File = (name: String, bytes: [UInt8])

  private let folder: String?
  private let memory: [File]
  private let opened = Mutex<[File]>([])

  /// Files below a folder.
  public init(folder: String) {
    self.folder = folder
    memory = []
  }

  /// Files as they were recorded.
  public init(recorded files: [File]) {
    folder = nil
    memory = files
  }

  /// All files that were opened, in order of their names.
  public var files: [File] {
    opened.withLock { $0 }.sorted { $0.name < $1.name }
  }

  /// A file, or all manifest files of a folder; named by their paths from the scenario's folder.
  ///
  /// - Throws: Foundation's error where something cannot be read.
  func load(_ path: String) throws -> [File] {
    var found: [File] = []
    if let folder {
      let base = folder.isEmpty || path.hasPrefix("/") ? path : folder + "/" + path
      for file in try ManifestFiles.load(at: base) {
        found.append((file.name == base ? path : path + "/" + file.name, file.bytes))
      }
    } else {
      let prefix = path.hasSuffix("/") ? path : path + "/"
      found = memory.filter { $0.name == path || $0.name.hasPrefix(prefix) }
      if found.isEmpty { throw CocoaError(.fileReadNoSuchFile) }
    }
    opened.withLock { known in
      for file in found where !known.contains(where: { $0.name == file.name }) {
        known.append(file)
      }
    }
    return found
  }
}
