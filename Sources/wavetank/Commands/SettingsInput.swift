import Foundation
import Harness
import Manifests

/// `wavetank.yaml`: beside the manifests, or where the user says.
enum SettingsInput {
  /// nil, with a message, where it cannot be read; the defaults where there is none.
  static func read(_ path: String?, beside files: [String]) -> RehearsalSettings? {
    guard let path = path ?? found(beside: files) else { return RehearsalSettings() }
    guard let data = FileManager.default.contents(atPath: path) else {
      _ = WrongInput.say("cannot read `\(path)`")
      return nil
    }
    let result = RehearsalSettings.read(name: path, bytes: Array(data))
    for line in DiagnosticLines.lines(result.diagnostics) { Terminal.say(line) }
    return result.settings
  }

  /// Where the file belongs: beside the first manifests.
  static func place(beside files: [String]) -> String { places(beside: files)[0] }

  private static func found(beside files: [String]) -> String? {
    places(beside: files).first { FileManager.default.fileExists(atPath: $0) }
  }

  private static func places(beside files: [String]) -> [String] {
    var folders = files.filter { $0 != "-" }.map { path in
      Files.isFolder(path) ? path : Files.folder(of: path)
    }
    folders.append("")
    return folders.map { folder in
      folder.isEmpty || folder == "."
        ? RehearsalSettings.fileName
        : folder.hasSuffix("/")
          ? folder + RehearsalSettings.fileName : "\(folder)/\(RehearsalSettings.fileName)"
    }
  }
}
