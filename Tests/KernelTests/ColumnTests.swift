import Kernel
import Testing

@Suite struct ColumnTests {
  /// Counts how many of it are alive.
  private final class Counted: Sendable {
    let number: Int
    init(_ number: Int) { self.number = number }
  }

  @Test func holdsWhatWasAppendedAndChanged() {
    var column = Column<Int>()
    let isEmpty = column.isEmpty
    #expect(isEmpty)
    for i in 0..<100 { column.append(i) }
    column.append(repeating: 7, count: 50)
    column[3] += 40
    let count = column.count
    #expect(count == 150)
    #expect(
      column.indices.map { column[$0] } == [0, 1, 2, 43] + Array(4..<100)
        + [Int](repeating: 7, count: 50))
  }

  @Test func forksGoTheirOwnWay() {
    for length in [0, 1, 7, 8, 9, 100] {
      var column = Column<[Int]>()
      for i in 0..<length { column.append([i]) }
      var copy = column.fork()
      for i in 0..<30 {
        column.append([i])
        copy.append([-i])
      }
      if length > 0 { copy[0].append(5) }
      let old = (0..<length).map { [$0] }
      #expect(column.indices.map { column[$0] } == old + (0..<30).map { [$0] })
      #expect(copy[0] == (length > 0 ? [0, 5] : [0]))
      let rest = (old + (0..<30).map { [-$0] }).dropFirst()
      #expect(copy.indices.dropFirst().map { copy[$0] } == Array(rest))
    }
  }

  @Test func letsGoOfWhatItHeld() {
    weak var held: Counted?
    do {
      var column = Column<Counted>()
      let object = Counted(1)
      held = object
      for _ in 0..<20 { column.append(object) }
      let copy = column.fork()
      #expect(copy[19].number == 1)
    }
    #expect(held == nil)
  }

  @Test func aPositionThatIsNotThereTraps() async {
    await #expect(processExitsWith: .failure) {
      var column = Column<Int>()
      column.append(1)
      column[1] = 2
    }
  }
}
