import Foundation
import Harness
import Manifests

/// The manifests before and after a change, from files, folders, a git revision or a program.
struct TreeInput {
  typealias File = (name: String, bytes: [UInt8])

  /// `-f`
  var paths: [String]
  /// `--render`
  var command: String?

  /// What is to run after the change.
  ///
  /// - Throws: `TreeProblem`.
  func head() throws -> [File] {
    if let command { return try TreeInput.render(command, in: nil) }
    return try TreeInput.load(paths)
  }

  /// What runs before it: a file, a folder or a revision.
  ///
  /// - Throws: `TreeProblem`.
  func base(_ name: String) throws -> [File] {
    if FileManager.default.fileExists(atPath: name) {
      if let command { return try TreeInput.render(command, in: name) }
      return try TreeInput.load([name])
    }
    guard let revision = try GitRevision(name) else { throw try TreeInput.unknown(name) }
    if let command {
      return try revision.checkOut(nil) { folder, _ in try TreeInput.render(command, in: folder) }
    }
    if paths.contains("-") {
      throw TreeProblem(
        "standard input is nothing that `\(name)` has; give files or folders with -f, or the "
          + "program with --render")
    }
    return try revision.checkOut(paths) { _, locate in
      let files = try TreeInput.load(paths, isRevision: true, at: locate)
      if files.isEmpty {
        Terminal.say(
          "wavetank: \(paths.joined(separator: ", ")) is not in `\(name)`: all of it is new")
      }
      return files
    }
  }

  private static func unknown(_ name: String) throws -> TreeProblem {
    let what = "`\(name)` is neither a file, a folder"
    guard let known = try GitRevision.known() else {
      return TreeProblem("\(what) nor, outside a git work tree, a revision; give --base a folder")
    }
    if let near = nearest(to: name, among: known) {
      return TreeProblem("\(what) nor a git revision; did you mean `\(near)`?")
    }
    return TreeProblem(
      "\(what) nor a git revision; in a shallow clone, `git fetch origin \(name)` first")
  }

  /// - Parameter locate: where a path is in a revision; what is not there is left out.
  private static func load(
    _ paths: [String], isRevision: Bool = false, at locate: (String) -> String = { $0 }
  ) throws -> [File] {
    var files: [File] = []
    for path in paths {
      if path == "-" {
        files.append(("stdin.yaml", try ManifestFiles.standardInput()))
        continue
      }
      let place = locate(path)
      if isRevision, !FileManager.default.fileExists(atPath: place) { continue }
      do {
        let found =
          Kustomize.isFolder(place)
          ? try Kustomize.files(place, shown: path) : try ManifestFiles.load(at: place)
        // Files of several folders may have the same names.
        files += found.filter { !TreeInput.isSettings($0.name) }.map { file in
          let name = file.name == place ? path : "\(path)/\(file.name)"
          return (paths.count == 1 && file.name != place ? file.name : name, file.bytes)
        }
      } catch let problem as TreeProblem {
        throw problem
      } catch {
        throw TreeProblem("cannot read `\(path)`: \(Files.problem(error))")
      }
    }
    return files
  }

  /// What stands beside the manifests and is none.
  private static func isSettings(_ name: String) -> Bool {
    name.split(separator: "/").last.map(String.init) == RehearsalSettings.fileName
  }

  /// What a command of the shell prints.
  private static func render(_ command: String, in folder: String?) throws -> [File] {
    let result = try Subprocess.run(["sh", "-c", command], in: folder)
    guard result.code == 0 else {
      let side = folder == nil ? "here" : "in base"
      throw TreeProblem(
        "`\(command)` ended with \(result.code) \(side): \(result.errors.trimmed)")
    }
    return [("rendered.yaml", result.output)]
  }
}
