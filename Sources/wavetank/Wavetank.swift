@main
enum Wavetank {
  static func main() {
    print("wavetank")
  }
}
