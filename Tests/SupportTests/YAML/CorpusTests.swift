import Foundation
import Testing
import YAML

@Suite struct CorpusTests {
  @Test(.enabled(if: SharedFolder.isPresent)) func everyFileIsRead() throws {
    let files = SharedFolder.files(endingIn: [".yaml", ".yml"])
    try #require(files.count >= 500)
    var nodes = 0
    for file in files {
      do throws(YAMLError) {
        let bytes = [UInt8](FileManager.default.contents(atPath: file.path) ?? Data())
        for document in try parse(bytes: bytes) { nodes += document.root.map(count) ?? 0 }
      } catch {
        Issue.record("\(file.path):\(error)")
      }
    }
    #expect(nodes > 100_000)
  }

  private func count(_ node: Node) -> Int {
    switch node.value {
    case .scalar: 1
    case .sequence(let nodes): nodes.reduce(1) { $0 + count($1) }
    case .mapping(let pairs): pairs.reduce(1) { $0 + count($1.key) + count($1.value) }
    }
  }
}
