import Foundation
import Harness
import Units

/// Reads the options of the commands that have many.
enum Dispatch {
  static func run(_ command: String, _ arguments: [String]) -> Int32 {
    do {
      return try parse(command, arguments)
    } catch let wrong as WrongOption {
      return WrongInput.say(wrong.message)
    } catch {
      Terminal.say("wavetank: \(error)")
      return 70
    }
  }

  private struct WrongOption: Error { var message: String }

  private static func parse(_ command: String, _ arguments: [String]) throws -> Int32 {
    var words: [String] = []
    var values: [(String, String)] = []
    var rest = arguments[...]
    let flags = ["--pods", "--no-record"]
    let short = ["-f": "--filename"]
    while let word = rest.popFirst() {
      let word = short[word] ?? word
      guard word.hasPrefix("--") else {
        words.append(word)
        continue
      }
      if flags.contains(word) {
        values.append((word, ""))
        continue
      }
      guard let value = rest.popFirst() else { throw WrongOption(message: "\(word) needs a value") }
      values.append((word, value))
    }
    func number(_ option: String, _ value: String) throws -> Int {
      guard let number = Int(value), number > 0 else {
        throw WrongOption(message: "\(option) is `\(value)`; write a whole number above 0")
      }
      return number
    }
    switch command {
    case "run":
      var options = RunOptions(paths: words)
      for (option, value) in values {
        switch option {
        case "--name": options.names.append(value)
        case "--seeds": options.seeds = try number(option, value)
        case "--jobs": options.jobs = try number(option, value)
        case "--output":
          guard let output = RunOptions.Output(rawValue: value) else {
            throw WrongOption(message: "--output is `\(value)`; write text, json or github")
          }
          options.output = output
        case "--junit": options.junit = value
        case "--report": options.report = value
        case "--record": options.record = value
        case "--no-record": options.record = nil
        case "--baseline": options.baseline = value
        default: throw WrongOption(message: "unknown option `\(option)`")
        }
      }
      return try Run.run(options)
    case "rehearse":
      var options = RehearseOptions()
      for (option, value) in values {
        switch option {
        case "--filename": options.files.append(value)
        case "--set-image":
          let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
          guard parts.count == 2 else {
            throw WrongOption(message: "--set-image is `\(value)`; write DEPLOYMENT=IMAGE")
          }
          options.images.append((parts[0], parts[1]))
        case "--seeds": options.seeds = try number(option, value)
        case "--jobs": options.jobs = try number(option, value)
        case "--rate": options.rate = try number(option, value)
        case "--startup", "--service-time":
          guard let span = Span(text: value), span > .zero else {
            throw WrongOption(message: "\(option) is `\(value)`; write such as 20s")
          }
          if option == "--startup" { options.startup = span } else { options.serviceTime = span }
        case "--output": options.json = value == "json"
        case "--report": options.report = value
        case "--save": options.save = value
        case "--record": options.record = value
        case "--no-record": options.record = nil
        default: throw WrongOption(message: "unknown option `\(option)`")
        }
      }
      return try Rehearse.run(options)
    case "compare":
      guard let baseline = words.first else {
        throw WrongOption(message: "compare needs the number of a suite as its baseline")
      }
      var options = CompareOptions(baseline: baseline)
      if words.count > 1 { options.candidate = words[1] }
      for (option, value) in values {
        switch option {
        case "--record": options.record = value
        case "--output": options.json = value == "json"
        default: throw WrongOption(message: "unknown option `\(option)`")
        }
      }
      return try Compare.run(options)
    case "history":
      var options = HistoryOptions(subject: words.first)
      for (option, value) in values {
        switch option {
        case "--record": options.record = value
        case "--limit": options.limit = try number(option, value)
        case "--output": options.json = value == "json"
        default: throw WrongOption(message: "unknown option `\(option)`")
        }
      }
      return try History.run(options)
    default:
      guard let run = words.first else {
        throw WrongOption(message: "replay needs the number of a run or a scenario's name")
      }
      var options = ReplayOptions(run: run)
      for (option, value) in values {
        switch option {
        case "--seed": options.seed = UInt64(try number(option, value))
        case "--pods": options.pods = true
        case "--record": options.record = value
        case "--output": options.json = value == "json"
        default: throw WrongOption(message: "unknown option `\(option)`")
        }
      }
      return try Replay.run(options)
    }
  }
}
