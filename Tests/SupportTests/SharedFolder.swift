import Foundation

/// The package's root and the folder of evidence beside it.
enum SharedFolder {
  static let package: URL = {
    var url = URL(fileURLWithPath: #filePath)
    while !FileManager.default.fileExists(atPath: url.appending(path: "Package.swift").path) {
      url.deleteLastPathComponent()
    }
    return url
  }()

  /// `../shared`, or what `SHARED_DIR` names.
  static let url: URL =
    ProcessInfo.processInfo.environment["SHARED_DIR"].map { URL(fileURLWithPath: $0) }
    ?? package.appending(path: "../shared").standardizedFileURL

  static let isPresent: Bool = {
    let isPresent = FileManager.default.fileExists(atPath: url.path)
    if !isPresent {
      FileHandle.standardError.write(
        Data("NOT CHECKED: \(url.path) is absent; set SHARED_DIR to check against it\n".utf8))
    }
    return isPresent
  }()

  static func files(endingIn suffixes: [String]) -> [URL] {
    let resolved = url.resolvingSymlinksInPath()
    guard
      let walk = FileManager.default.enumerator(
        at: resolved, includingPropertiesForKeys: [.isRegularFileKey])
    else { return [] }
    return walk.compactMap { $0 as? URL }
      .filter { file in suffixes.contains { file.lastPathComponent.hasSuffix($0) } }
      .sorted { $0.path < $1.path }
  }
}
