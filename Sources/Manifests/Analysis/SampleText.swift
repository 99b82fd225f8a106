import ClusterAPI
import Control

/// A text of an AnalysisTemplate, filled with values that its arguments may have, so that what it will be
/// can be checked.
struct SampleText {
  /// What an argument that nobody has given yet may be: a number, a length of time, a name.
  private static let candidates = ["1", "5m", "a"]
  /// Texts with more arguments are filled with the same candidate everywhere.
  private static let maximumCombined = 3

  let text: String
  private let places: [ArgumentText.Place]
  /// Arguments without a value of their own, in the order of their places.
  let free: [String]
  private let known: [String: String]

  /// - Parameter known: values of arguments, where the template says one.
  init(_ text: String, known: [String: String]) throws(AnalysisError) {
    self.text = text
    self.known = known
    places = try ArgumentText.places(in: text)
    var free: [String] = []
    for name in places.compactMap(\.argument) where known[name] == nil && !free.contains(name) {
      free.append(name)
    }
    self.free = free
  }

  /// Every way to fill it.
  var samples: [Sample] {
    guard free.count <= SampleText.maximumCombined else {
      return SampleText.candidates.map { candidate in
        sample(Dictionary(uniqueKeysWithValues: free.map { ($0, candidate) }))
      }
    }
    var choices: [[String: String]] = [[:]]
    for name in free {
      choices = choices.flatMap { choice in
        SampleText.candidates.map { choice.merging([name: $0]) { _, new in new } }
      }
    }
    return choices.map(sample)
  }

  private func sample(_ choice: [String: String]) -> Sample {
    var sample = Sample()
    let bytes = Array(text.utf8)
    var position = 0
    for place in places {
      let value = place.argument.flatMap { choice[$0] ?? known[$0] } ?? ""
      sample.append(bytes[position..<place.offset], from: position)
      sample.append(Array(value.utf8)[...], from: nil, at: place.offset)
      position = place.offset + place.written.utf8.count + 4
    }
    sample.append(bytes[position...], from: position)
    return sample
  }

  /// A filled text that knows where its bytes come from.
  struct Sample {
    private var bytes: [UInt8] = []
    /// The byte of the text that was written, for each.
    private var origins: [Int] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What was written at a byte of the filled text.
    func origin(of offset: Int) -> Int {
      if origins.indices.contains(offset) { return origins[offset] }
      return (origins.last ?? -1) + 1
    }

    fileprivate mutating func append(
      _ part: ArraySlice<UInt8>, from start: Int?, at place: Int = 0
    ) {
      for (index, byte) in part.enumerated() {
        bytes.append(byte)
        origins.append(start.map { $0 + index } ?? place)
      }
    }
  }
}
