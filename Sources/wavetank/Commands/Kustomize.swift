import Foundation
import Manifests

/// Folders that a `kustomization.yaml` puts together.
enum Kustomize {
  typealias File = (name: String, bytes: [UInt8])

  private static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  static func isFile(_ path: String) -> Bool {
    names.contains(String(path.split(separator: "/").last ?? ""))
  }

  static func isFolder(_ path: String) -> Bool {
    names.contains { FileManager.default.fileExists(atPath: path + "/" + $0) }
  }

  /// What the folder is built to; its plain files, with a word on standard error, where no program
  /// builds it.
  ///
  /// - Parameter shown: the folder as the user has written it.
  /// - Throws: `TreeProblem` where the program fails.
  static func files(_ folder: String, shown: String) throws -> [File] {
    let programs = [["kubectl", "kustomize", folder], ["kustomize", "build", folder]]
    guard let words = programs.first(where: { Subprocess.exists($0[0]) }) else {
      Terminal.say(
        "\(shown): warning: neither kubectl nor kustomize is on the path, so its "
          + "kustomization.yaml is left out and its files are read as they are; install one, or "
          + "give --render")
      return try ManifestFiles.load(at: folder).filter { !isFile($0.name) }
    }
    let result = try Subprocess.run(words)
    guard result.code == 0 else {
      throw TreeProblem(
        "\(words.dropLast().joined(separator: " ")) \(shown): \(result.errors.trimmed)")
    }
    return [("kustomized.yaml", result.output)]
  }
}
