/// `bench <benchmark> <argument>...` measures one benchmark once; `bench` alone lists them.
///
/// `Benchmarks/run` builds it and its peers, runs all interleaved and prints ratios.
@main
enum Bench {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let name = arguments.first else { return list() }
    if name == "increments" { return printIncrements(arguments.dropFirst().first ?? "exp") }
    if name == "samples" { return MeteredRequests.printAll() }
    guard let type = BenchmarkCatalog.all.first(where: { $0.name == name }) else {
      print("bench: no benchmark '\(name)'")
      return list()
    }
    do {
      var benchmark = try type.init(arguments: Array(arguments.dropFirst()))
      let measured = benchmark.run()
      print("\(measured.rate)\t\(measured.check)\t\(measured.note)")
    } catch {
      print("bench \(name): \(error.reason)\nusage: bench \(name) \(type.usage)")
    }
  }

  private static func list() {
    print("increments exp|k8s        the table of increments that the peers read")
    print("samples                   what `query` asks, as OpenMetrics for its peer")
    for type in BenchmarkCatalog.all { print("\(type.name) \(type.usage)") }
  }

  private static func printIncrements(_ kind: String) {
    guard let table = Increments(kind: kind) else { return print("bench: no increments '\(kind)'") }
    for increment in table.spans { print(increment) }
  }
}
