import Chaos
import ClusterAPI
import Testing
import Units
import World

@Suite struct FaultCatalogTests {
  /// A value of each form.
  private func values(_ type: any Fault.Type) -> FaultValues {
    var values = FaultValues()
    for parameter in type.parameters {
      switch parameter.form {
      case .image: values[parameter.name] = .text("shop/web:v2")
      case .name: values[parameter.name] = .text("web")
      case .span: values[parameter.name] = .span(.seconds(3))
      case .share: values[parameter.name] = .ratio(Ratio(ppm: 250_000))
      case .factor: values[parameter.name] = .ratio(Ratio(ppm: 4_000_000))
      case .count: values[parameter.name] = .count(2)
      case .index: values[parameter.name] = .count(1)
      case .bytes: values[parameter.name] = .bytes(.kibi(8))
      }
    }
    return values
  }

  @Test func eachKindIsFoundByItsWord() {
    let kinds = FaultCatalog.all.map { $0.kind }
    #expect(Set(kinds).count == kinds.count)
    for kind in kinds { #expect(FaultCatalog.fault(kind)?.kind == kind) }
    #expect(FaultCatalog.fault("nothing") == nil)
  }

  @Test func eachFaultDoesSomethingAndItsParametersMatter() {
    for type in FaultCatalog.all {
      let fault = type.init(values(type))
      #expect(!fault.begin.isEmpty, "\(type.kind) does nothing")
      #expect(fault.begin != fault.end, "\(type.kind) ends as it begins")
      for parameter in type.parameters where parameter.isRequired {
        var less = values(type)
        less[parameter.name] = nil
        #expect(
          type.init(less).begin != fault.begin, "\(type.kind) ignores \(parameter.name)")
      }
    }
  }

  @Test func parametersAreDocumented() {
    for type in FaultCatalog.all {
      for parameter in type.parameters { #expect(!parameter.documentation.isEmpty) }
    }
  }

  @Test func aSpikeEndsWithTheUsualLoad() {
    var values = FaultValues()
    values["service"] = .text("web")
    values["factor"] = .ratio(Ratio(ppm: 3_000_000))
    let spike = TrafficSpike(values)
    let key = ObjectKey(.service, namespace: "default", name: "web")
    #expect(spike.begin == [.loadFactor(service: key, Ratio(ppm: 3_000_000))])
    #expect(spike.end == [.loadFactor(service: key, .one)])
  }
}
