import Kernel
import Testing

@Suite struct HistoryTests {
  @Test func holdsWhatWasAppendedInOrder() {
    var history = History<Int>()
    for i in 0..<1000 { history.append(i) }
    #expect(history.count == 1000 && history.startIndex == 0)
    #expect(Array(history) == Array(0..<1000))
    #expect(history[63] == 63 && history[64] == 64 && history[999] == 999)
  }

  @Test func copiesGoTheirOwnWay() {
    for length in [0, 1, 63, 64, 65, 128, 700] {
      var history = History<Int>()
      for i in 0..<length { history.append(i) }
      var copy = history
      for i in 0..<600 {
        history.append(i)
        copy.append(-i)
      }
      #expect(Array(history) == Array(0..<length) + Array(0..<600))
      #expect(Array(copy) == Array(0..<length) + (0..<600).map { -$0 })
      #expect(history != copy)
    }
  }

  @Test func positionsStayWhenTheBeginningIsForgotten() {
    var history = History<Int>()
    for i in 0..<900 {
      history.append(i)
      if i % 100 == 99 { history.forget(before: i - 50) }
    }
    #expect(history.startIndex == 849 && history.endIndex == 900 && history.count == 51)
    #expect(Array(history) == Array(849..<900))
    history.forget(before: 10)
    #expect(history.startIndex == 849)
    history.forget(before: 900)
    #expect(history.isEmpty)
    history.append(900)
    #expect(history[900] == 900)
  }
}

@Suite struct SlotsTests {
  @Test func numbersAreNeverUsedAgain() {
    var slots = Slots<String>()
    #expect(slots.append("a") == 0 && slots.append("b") == 1)
    #expect(slots.take(0) == "a")
    #expect(slots.append("c") == 2 && slots.begun == 3)
    slots[1] = "d"
    #expect(slots[1] == "d" && slots.take(2) == "c")
  }

  @Test func longLivedOnesKeepTheirNumbers() {
    var slots = Slots<Int>()
    let old = slots.append(-1)
    for i in 1..<5000 {
      #expect(slots.append(i) == i)
      if i % 7 != 0 { #expect(slots.take(i) == i) }
      if i == 3000 { #expect(slots.take(old) == -1) }
      if i > 3000 && i % 7 == 0 { #expect(slots.take(i) == i) }
    }
    slots.update { $0 += 1 }
    #expect(slots.underWay.count == 428)
    for i in stride(from: 7, through: 2996, by: 7) { #expect(slots.take(i) == i + 1) }
    #expect(slots.append(9) == 5000)
  }
}
