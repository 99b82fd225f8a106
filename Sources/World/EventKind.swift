/// What can happen; the order of cases at one instant is their priority class.
enum EventKind: UInt8 {
  case change, disturbance
  case kubeletSeesPod, podProceeds, podStatus, kubeletSeesDeletion, podGone
  case containerStarts, containerRuns, processListens, containerExits, containerRestarts
  case pullsAgain, termArrives, killArrives
  case probesDue, probeTimesOut
  case requestArrives, answerArrives
  case watchArrives, schedulerWatch, guardWatch, proxyLearns
  case scheduleOne
  case requeue, work
  case bindingArrives, schedulerTimer
  case kubeletPosts, nodeCheck
  case victimIsDeleted
  case metricsScrape

  /// Whether the slot is a pod whose generation decides if the event still holds.
  var concernsPod: Bool {
    switch self {
    case .kubeletSeesPod, .podProceeds, .podStatus, .kubeletSeesDeletion, .podGone: true
    default: false
    }
  }

  /// Whether the slot is a container whose generation decides if the event still holds.
  var concernsContainer: Bool {
    switch self {
    case .containerStarts, .containerRuns, .processListens, .containerExits, .containerRestarts,
      .pullsAgain, .termArrives, .killArrives:
      true
    default: false
    }
  }

  /// 0...7; a handler may push for now only into its own or a later class.
  var priority: UInt8 {
    switch self {
    case .change, .disturbance: 0
    case .kubeletSeesPod, .podProceeds, .podStatus, .kubeletSeesDeletion, .podGone,
      .containerStarts, .containerRuns, .processListens, .containerExits, .containerRestarts,
      .pullsAgain, .termArrives, .killArrives, .probesDue, .probeTimesOut:
      1
    case .requestArrives, .bindingArrives, .kubeletPosts, .victimIsDeleted, .metricsScrape: 2
    case .answerArrives: 3
    case .watchArrives, .schedulerWatch, .guardWatch, .proxyLearns: 4
    case .scheduleOne, .schedulerTimer, .nodeCheck: 5
    case .requeue, .work: 6
    }
  }
}
