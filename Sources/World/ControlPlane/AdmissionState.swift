import ClusterAPI
import Control
import Units

/// What the API server's admission plugins know: the quotas, and what pods of an owner become.
struct AdmissionState: Sendable {
  /// The pods of an owner as the plugins leave them, worked out once and for all of them.
  struct Row: Sendable {
    /// The rules under which it was worked out.
    var generation: UInt32
    var template: TemplateID
    var subject: QuotaAdmission.Subject
    var usage: ResourceList
    var refusal: AdmissionError?
  }

  /// Raised with every change of a LimitRange or a PriorityClass.
  var generation: UInt32 = 1
  /// By owner; nil: no pod of it was created yet.
  var rows: [Row?] = []
  /// By id; nil: deleted.
  var quotaRows: [ResourceQuota?] = []

  var quotas: [ResourceQuota] { quotaRows.compactMap { $0 } }
}
