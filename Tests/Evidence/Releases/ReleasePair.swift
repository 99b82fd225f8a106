import ClusterAPI
public import Foundation
public import Manifests

/// A real change of manifests with what is known of it (`releases/*/about.json`).
public struct ReleasePair: Sendable {
  public var name: String
  public var isFix: Bool
  /// Of a fix: the kind of the problem.
  public var problem: String
  public var statement: String
  /// Of a fix: whether base has the problem.
  public var isBaseBad: Bool
  /// What one must know beyond the manifests; nil: nothing.
  public var needs: String?
  public var base: ManifestSet
  public var head: ManifestSet
  /// Workloads that differ, as `Deployment/web`.
  public var changed: Set<String>

  public enum Problem: Error {
    case unreadable(String)
  }

  public init(folder: URL) throws {
    let data = try Data(contentsOf: folder.appending(path: "about.json"))
    guard let about = try JSONSerialization.jsonObject(with: data) as? [String: Any],
      let name = about["name"] as? String, let family = about["family"] as? String
    else { throw Problem.unreadable(folder.path) }
    self.name = name
    isFix = family == "fix"
    problem = about["problem"] as? String ?? ""
    statement = about["statement"] as? String ?? ""
    isBaseBad = about["base_bad"] as? Bool ?? true
    needs = about["needs"] as? String
    changed = Set(
      (about["changed"] as? [[String: Any]] ?? []).compactMap { $0["object"] as? String })
    base = try ReleasePair.manifests(folder.appending(path: "base"))
    head = try ReleasePair.manifests(folder.appending(path: "head"))
  }

  /// All pairs of a folder, by name.
  public static func all(in folder: String) throws -> [ReleasePair] {
    let root = URL(fileURLWithPath: folder)
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
      let pair = root.appending(path: name)
      guard FileManager.default.fileExists(atPath: pair.appending(path: "about.json").path) else {
        return nil
      }
      return try ReleasePair(folder: pair)
    }
  }

  private static func manifests(_ folder: URL) throws -> ManifestSet {
    let names =
      (FileManager.default.subpaths(atPath: folder.path) ?? []).filter {
        [".yaml", ".yml", ".json"].contains(where: $0.hasSuffix)
      }.sorted()
    return ManifestReader.read(
      files: try names.map { name in
        (name, Array(try Data(contentsOf: folder.appending(path: name))))
      })
  }
}
