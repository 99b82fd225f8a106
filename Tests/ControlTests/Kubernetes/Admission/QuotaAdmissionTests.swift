import ClusterAPI
import Control
import Testing

/// ResourceQuota, in Kubernetes' words.
@Suite struct QuotaAdmissionTests {
  private func pod(requests: ResourceList, limits: ResourceList = [:]) -> PodSpec {
    var container = Container(name: "web", image: "web:v1")
    container.resources = ResourceRequirements(requests: requests, limits: limits)
    return PodSpec(containers: [container])
  }

  private func quota(
    _ hard: ResourceList, used: ResourceList, scopes: [String] = []
  ) -> ResourceQuota {
    var quota = ResourceQuota(meta: ObjectMeta(name: "team"))
    quota.hard = hard
    quota.scopes = scopes
    quota.status.hard = hard
    quota.status.used = used
    return quota
  }

  private func admit(_ spec: PodSpec, _ quota: ResourceQuota) throws(AdmissionError)
    -> ResourceList?
  {
    try QuotaAdmission.admit(.pod(spec), usage: QuotaUsage.of(spec), quotas: [quota])[0]
  }

  private let half: ResourceList = ["cpu": Quantity(milli: 500)]

  @Test func aPodIsCharged() throws {
    let used = try admit(
      pod(requests: half, limits: ["cpu": Quantity(1)]),
      quota(
        ["pods": Quantity(4), "requests.cpu": Quantity(2), "limits.cpu": Quantity(4)],
        used: ["pods": Quantity(1), "requests.cpu": Quantity(1), "limits.cpu": .zero]))
    #expect(
      used == [
        "pods": Quantity(2), "requests.cpu": Quantity(milli: 1500), "limits.cpu": Quantity(1),
      ])
  }

  @Test func onlyWhatIsExceededIsNamed() {
    #expect(
      throws: AdmissionError(
        "exceeded quota: team, requested: pods=1,requests.cpu=500m, used: pods=4,requests.cpu=2, "
          + "limited: pods=4,requests.cpu=2")
    ) {
      try admit(
        pod(requests: half),
        quota(
          ["count/pods": Quantity(9), "pods": Quantity(4), "requests.cpu": Quantity(2)],
          used: ["count/pods": Quantity(4), "pods": Quantity(4), "requests.cpu": Quantity(2)]))
    }
  }

  @Test func whatIsUnderQuotaMustBeNamed() {
    let limits = quota(
      ["limits.cpu": Quantity(4), "limits.memory": Quantity(4)],
      used: ["limits.cpu": .zero, "limits.memory": .zero])
    #expect(
      throws: AdmissionError(
        "failed quota: team: must specify limits.cpu for: web; limits.memory for: web")
    ) {
      try admit(pod(requests: half), limits)
    }
  }

  @Test func aQuotaThatIsNotCountedYetLetsNothingIn() {
    #expect(throws: AdmissionError("status unknown for quota: team, resources: pods")) {
      try admit(pod(requests: half), quota(["pods": Quantity(4)], used: [:]))
    }
  }

  @Test func scopesChooseThePods() throws {
    let full: ResourceList = ["pods": Quantity(1)]
    let best = quota(full, used: full, scopes: ["BestEffort"])
    #expect(try admit(pod(requests: half), best) == nil)
    #expect(throws: AdmissionError.self) { try admit(pod(requests: [:]), best) }
    let other = quota(full, used: full, scopes: ["NotBestEffort"])
    #expect(throws: AdmissionError.self) { try admit(pod(requests: half), other) }
  }

  @Test func objectsAreCountedUnderTheirNames() throws {
    let claim = {
      var claim = PersistentVolumeClaim(meta: ObjectMeta(name: "data"))
      claim.resources.requests = ["storage": Quantity(10)]
      return claim
    }()
    #expect(
      QuotaUsage.of(.persistentVolumeClaim(claim)) == [
        "count/persistentvolumeclaims": Quantity(1), "persistentvolumeclaims": Quantity(1),
        "requests.storage": Quantity(10),
      ])
    #expect(QuotaUsage.resource(.deployment) == "deployments.apps")
    #expect(QuotaUsage.resource(.priorityClass) == "priorityclasses.scheduling.k8s.io")
    var used: ResourceList = ["pods": Quantity(1)]
    used.count(QuotaUsage.of(pod(requests: half)), times: 6)
    #expect(used == ["pods": Quantity(7)])
  }
}
