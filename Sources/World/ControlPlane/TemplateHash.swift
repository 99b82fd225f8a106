import ClusterAPI
import Kernel

/// Names a template's revision (`pod-template-hash`): the same template has the same name in every
/// process. The value is not Kubernetes' own, which depends on Go's printing of the structure.
enum TemplateHash {
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  static func text(_ template: PodTemplate) -> String {
    var words: [Character] = []
    var rest = value(template)
    for _ in 0..<10 {
      words.append(alphabet[Int(rest % UInt64(alphabet.count))])
      rest /= UInt64(alphabet.count)
    }
    return String(words)
  }

  static func value(_ template: PodTemplate) -> UInt64 {
    CauseHash().with(String(describing: template)).value
  }
}
