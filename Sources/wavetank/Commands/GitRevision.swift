import Foundation
import Manifests

/// A revision of the git work tree that the command runs in, read without touching the work tree.
struct GitRevision {
  /// As it was written.
  var name: String
  private var commit: String
  /// The command's folder below the top of the work tree: empty, or ending in `/`.
  private var prefix: String
  private var top: String

  /// nil where the folder is in no work tree, or has no such revision.
  init?(_ name: String) throws {
    guard Subprocess.exists("git"), !name.hasPrefix("-") else { return nil }
    let found = try Subprocess.run([
      "git", "rev-parse", "--verify", "--quiet", name + "^{commit}",
    ])
    let place = try Subprocess.run(["git", "rev-parse", "--show-toplevel", "--show-prefix"])
    guard found.code == 0, place.code == 0, let commit = found.lines.first,
      let top = place.lines.first
    else { return nil }
    self.name = name
    self.commit = commit
    self.top = top
    prefix = place.lines.count > 1 ? place.lines[1] : ""
  }

  /// Branches and tags, for whoever has misspelt one; nil: this is no work tree.
  static func known() throws -> [String]? {
    guard Subprocess.exists("git") else { return nil }
    let refs = try Subprocess.run(["git", "for-each-ref", "--format=%(refname:short)"])
    return refs.code == 0 ? refs.lines : nil
  }

  /// Runs the body with a folder that holds the revision's files below some paths, or all of them;
  /// it gets the folder that stands for the command's own, and where a path of the command line is.
  ///
  /// - Throws: `TreeProblem`, and what the body throws.
  func checkOut<Value>(
    _ paths: [String]?, _ body: (_ folder: String, _ locate: (String) -> String) throws -> Value
  ) throws -> Value {
    try Files.inTemporaryFolder { temporary in
      // An index of its own: neither the work tree nor its index is written.
      let environment = ["GIT_INDEX_FILE": temporary + "/index"]
      try git(["read-tree", commit], environment)
      let listed = try git(["ls-files", "-z", "--full-name", "--", ":/"], environment)
      var names = listed.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      let places = paths?.map(place)
      // A kustomization may use what stands elsewhere.
      let isKustomized = names.contains { name in
        Kustomize.isFile(name) && places?.contains { isBelow(name, $0) } ?? false
      }
      if let places, !isKustomized {
        names.removeAll { name in !places.contains { isBelow(name, $0) } }
      }
      let tree = temporary + "/tree/"
      try FileManager.default.createDirectory(
        atPath: tree + prefix, withIntermediateDirectories: true)
      try git(
        ["-C", top, "checkout-index", "-z", "--stdin", "--prefix=" + tree], environment,
        input: names.map { $0 + "\0" }.joined())
      return try body(tree + prefix) { tree + place($0) }
    }
  }

  /// A path of the command line, from the top of the work tree.
  private func place(_ path: String) -> String {
    var parts: [Substring] = []
    let absolute = path.hasPrefix("/") ? path : top + "/" + prefix + path
    for part in absolute.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    let full = "/" + parts.joined(separator: "/")
    return full == top ? "" : String(full.dropFirst(top.count + 1))
  }

  private func isBelow(_ name: String, _ place: String) -> Bool {
    place.isEmpty || name == place || name.hasPrefix(place + "/")
  }

  @discardableResult
  private func git(
    _ words: [String], _ environment: [String: String], input: String = ""
  ) throws -> [UInt8] {
    let result = try Subprocess.run(["git"] + words, environment: environment, input: input)
    guard result.code == 0 else {
      throw TreeProblem("git cannot read `\(name)`: \(result.errors.trimmed)")
    }
    return result.output
  }
}

/// Why a tree of manifests cannot be read; what to do about it included.
struct TreeProblem: Error {
  var message: String

  init(_ message: String) { self.message = message }
}

extension String {
  /// Without the white space around it.
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
