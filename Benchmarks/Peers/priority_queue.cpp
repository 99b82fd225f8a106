// std::priority_queue with events of 24 bytes, ordered by (time, sequence).
#include <cmath>
#include <cstring>
#include <deque>
#include <queue>

#include "common.hpp"

namespace {

struct Event {
  std::int64_t time;
  std::uint64_t sequence;
  std::uint32_t id;
  std::uint32_t kind;
};

struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.time != b.time ? a.time > b.time : a.sequence > b.sequence;
  }
};

struct Queue {
  std::priority_queue<Event, std::vector<Event>, Later> heap;
  std::uint64_t pushed = 0;
  void push(std::int64_t time, std::uint32_t id, std::uint32_t kind = 0) {
    heap.push(Event{time, pushed++, id, kind});
  }
  void pop(std::int64_t& time, std::uint32_t& id) {
    time = heap.top().time, id = heap.top().id;
    heap.pop();
  }
};

void mm1(std::int64_t customers) {
  std::uint64_t start = thread_ns();
  Queue queue;
  std::deque<std::int64_t> present;
  auto arrivals = SplitMix::keyed(1, 1, 0), services = SplitMix::keyed(1, 2, 0);
  std::int64_t remaining = customers, sojourn = 0;
  auto exponential = [](SplitMix& s, double mean) {
    return std::int64_t(-mean * std::log(1 - s.uniform_open()) + 0.5);
  };
  auto arrive_later = [&](std::int64_t now) {
    if (remaining-- > 0) queue.push(now + exponential(arrivals, 1.25e9), 0, 0);
  };
  arrive_later(0);
  while (!queue.heap.empty()) {
    Event event = queue.heap.top();
    queue.heap.pop();
    if (event.kind == 0) {
      present.push_back(event.time);
      if (present.size() == 1) queue.push(event.time + exponential(services, 1e9), 0, 1);
      arrive_later(event.time);
    } else {
      sojourn += event.time - present.front();
      present.pop_front();
      if (!present.empty()) queue.push(event.time + exponential(services, 1e9), 0, 1);
    }
  }
  report(double(customers), thread_ns() - start, std::to_string(sojourn));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 5 && !std::strcmp(argv[1], "hold")) {
    Queue queue;
    hold_model(queue, argv[2], std::atoll(argv[3]), std::atoll(argv[4]));
  } else if (argc == 3 && !std::strcmp(argv[1], "mm1")) {
    mm1(std::atoll(argv[2]));
  } else {
    std::fprintf(stderr, "usage: %s hold <table> <pending> <operations> | mm1 <customers>\n", argv[0]);
    return 2;
  }
}
