"""SimPy: one process per pending event that waits; M/M/1 with a Resource."""

import random
import sys
import time

import simpy


def hold(path, pending, operations):
    with open(path) as lines:
        table = [int(line) for line in lines]
    env = simpy.Environment()
    left = [operations]

    def process():
        while left[0] > 0:
            left[0] -= 1
            yield env.timeout(table[random.getrandbits(10)])

    for _ in range(pending):
        env.process(process())
    start = time.thread_time()
    env.run()
    return operations, time.thread_time() - start


def mm1(customers):
    env = simpy.Environment()
    server = simpy.Resource(env)
    sojourn = [0.0]

    def customer():
        arrived = env.now
        with server.request() as request:
            yield request
            yield env.timeout(random.expovariate(1.0))
        sojourn[0] += env.now - arrived

    def source():
        for _ in range(customers):
            yield env.timeout(random.expovariate(0.8))
            env.process(customer())

    env.process(source())
    start = time.thread_time()
    env.run()
    return customers, time.thread_time() - start


random.seed(42)
if sys.argv[1] == "hold":
    done, seconds = hold(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
else:
    done, seconds = mm1(int(sys.argv[2]))
print(f"{done / seconds / 1e6:.6f}\t-")
