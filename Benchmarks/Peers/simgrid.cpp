// SimGrid: one actor per pending event that sleeps; M/M/1 as two actors and a semaphore.
#include <simgrid/s4u.hpp>

#include <cmath>
#include <cstring>
#include <deque>

#include "common.hpp"

namespace sg4 = simgrid::s4u;

namespace {

void hold(const char* path, std::int64_t pending, std::int64_t operations, sg4::Host* host) {
  static std::vector<std::int64_t> table = increments(path);
  static Xoshiro random(42);
  static std::int64_t left = operations;
  for (std::int64_t i = 0; i < pending; ++i)
    sg4::Actor::create("hold", host, [] {
      while (left-- > 0) sg4::this_actor::sleep_for(double(table[random.next() & 1023]) * 1e-9);
    });
}

void mm1(std::int64_t customers, sg4::Host* host) {
  static std::deque<double> present;
  static double sojourn = 0;
  static auto waiting = sg4::Semaphore::create(0);
  static auto arrivals = SplitMix::keyed(1, 1, 0), services = SplitMix::keyed(1, 2, 0);
  sg4::Actor::create("source", host, [customers] {
    for (std::int64_t i = 0; i < customers; ++i) {
      sg4::this_actor::sleep_for(-1.25 * std::log(1 - arrivals.uniform_open()));
      present.push_back(sg4::Engine::get_clock());
      waiting->release();
    }
  });
  sg4::Actor::create("server", host, [customers] {
    for (std::int64_t i = 0; i < customers; ++i) {
      waiting->acquire();
      sg4::this_actor::sleep_for(-std::log(1 - services.uniform_open()));
      sojourn += sg4::Engine::get_clock() - present.front();
      present.pop_front();
    }
  });
}

}  // namespace

int main(int argc, char** argv) {
  sg4::Engine engine(&argc, argv);
  sg4::Engine::set_config("contexts/stack-size:32");
  auto* zone = sg4::create_full_zone("zone");
  auto* host = zone->create_host("host", 1e9);
  zone->seal();
  double operations = 0;
  if (argc == 5 && !std::strcmp(argv[1], "hold")) {
    operations = double(std::atoll(argv[4]));
    hold(argv[2], std::atoll(argv[3]), std::atoll(argv[4]), host);
  } else if (argc == 3 && !std::strcmp(argv[1], "mm1")) {
    operations = double(std::atoll(argv[2]));
    mm1(std::atoll(argv[2]), host);
  } else {
    std::fprintf(stderr, "usage: %s hold <table> <pending> <operations> | mm1 <customers>\n", argv[0]);
    return 2;
  }
  std::uint64_t start = thread_ns();
  engine.run();
  report(operations, thread_ns() - start, "-");
}
