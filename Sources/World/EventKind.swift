/// What can happen; the order of cases at one instant is their priority class.
enum EventKind: UInt8 {
  case change, disturbance
  case kubeletSeesPod, containerStarts, processListens, podReady, containerExits
  case processTerminated, podGone
  case requestArrives, answerArrives
  case watchArrives, schedulerWatch, guardWatch, proxyLearns
  case scheduleOne
  case requeue, work
  case bindingArrives, schedulerTimer
  case kubeletPosts, nodeCheck

  /// Whether the slot is a pod whose generation decides if the event still holds.
  var concernsPod: Bool {
    switch self {
    case .kubeletSeesPod, .containerStarts, .processListens, .podReady, .containerExits,
      .processTerminated, .podGone:
      true
    default: false
    }
  }

  /// 0...7; a handler may push for now only into its own or a later class.
  var priority: UInt8 {
    switch self {
    case .change, .disturbance: 0
    case .kubeletSeesPod, .containerStarts, .processListens, .podReady, .containerExits,
      .processTerminated, .podGone:
      1
    case .requestArrives, .bindingArrives, .kubeletPosts: 2
    case .answerArrives: 3
    case .watchArrives, .schedulerWatch, .guardWatch, .proxyLearns: 4
    case .scheduleOne, .schedulerTimer, .nodeCheck: 5
    case .requeue, .work: 6
    }
  }
}
