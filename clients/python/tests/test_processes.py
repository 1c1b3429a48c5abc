"""Processes that are killed, fork, or share a spool."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path
from typing import Any, List

from dise_ingest import Emitter

from .gateway import EmitterTest, accept, dead_url, emit_logs, status

ROOT = Path(__file__).resolve().parents[1]
SEED = int(os.environ.get("DISE_TEST_SEED", random.randrange(1 << 30)))
ROUNDS = int(os.environ.get("DISE_TEST_ROUNDS", "6"))

def emit_in_worker(url: str, folder: str) -> None:
    """Has an emitter of its own and leaves it open."""
    emit_logs(Emitter(gateway_url=url, spool_dir=folder), 5)


VICTIM = """
import os, sys, time, dise_ingest
folder, url = sys.argv[1:]
emitter = dise_ingest.Emitter(gateway_url=url, spool_dir=folder, fsync="always", spool_after=0.02, buffer_bytes=20_000)
number = 0
while True:
    for _ in range(7):
        emitter.emit("log", {"tool_id": "t", "log_level": "info", "message": "x" * 50}, event_id=str(number))
        number += 1
    stats = emitter.stats()
    if stats.buffered_bytes == 0 and not stats.dropped:
        # What is buffered then is on disk as well, only not forced yet; and it is the newest.
        os.write(1, b"%d\\n" % (number - stats.buffered))
    time.sleep(0.001)
"""


class KillTest(EmitterTest):
    def test_what_was_said_to_be_spooled_arrives_after_a_kill_at_any_moment(self) -> None:
        chance = random.Random(SEED)
        for round_number in range(ROUNDS):
            with self.subTest(seed=SEED, round=round_number):
                self.kill_and_recover(self.folder / str(round_number), chance)

    def kill_and_recover(self, folder: Path, chance: random.Random) -> None:
        gateway = self.gateway(chance.choice([status(503), accept]))
        url = chance.choice([gateway.url, gateway.url, dead_url()])
        victim = subprocess.Popen(
            [sys.executable, "-c", VICTIM, str(folder), url],
            stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert victim.stdout is not None
        first = victim.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        victim.send_signal(signal.SIGKILL)
        safe = int((first + victim.stdout.read()).split(b"\n")[-2])
        victim.stdout.close()
        victim.wait()
        gateway.script = accept
        successor = self.emitter(gateway.url, spool_dir=folder)
        self.assertTrue(self.arrive(successor, gateway, safe), f"of {safe}")
        firsts = list(dict.fromkeys(int(each) for each in gateway.ids()))
        self.assertEqual(firsts, sorted(firsts), "the order is kept")
        self.assertEqual(list(folder.glob("slot-*/*.events")), [])
        successor.close()

    def arrive(self, emitter: Emitter, gateway: Any, count: int) -> bool:
        deadline = time.monotonic() + 15
        wanted = {str(number) for number in range(count)}
        while time.monotonic() < deadline and not (wanted <= set(gateway.ids()) and emitter.stats().spool_bytes == 0):
            time.sleep(0.02)
        return wanted <= set(gateway.ids())


@unittest.skipUnless(hasattr(os, "fork"), "no fork here")
class ForkTest(EmitterTest):
    def fork(self, work: Any) -> None:
        child = os.fork()
        if child == 0:
            try:
                work()
                os._exit(0)
            except BaseException:
                os._exit(1)
        self.assertEqual(os.waitpid(child, 0)[1], 0)

    def test_parent_and_child_send_their_own_once(self) -> None:
        gateway = self.gateway(status(503))
        emitter = self.emitter(gateway.url, backoff_max=0.05)
        before = emit_logs(emitter, 50)
        own: List[Any] = []

        def child() -> None:
            assert emitter.stats().accepted == 0
            emit_logs(emitter, 30, "child")
            gateway_is_back = time.monotonic() + 5
            while time.monotonic() < gateway_is_back and not emitter.flush(0.1).is_complete():
                pass
            assert emitter.close().is_complete()

        def come_back() -> None:
            time.sleep(0.2)
            gateway.script = accept

        import threading

        threading.Thread(target=come_back).start()
        self.fork(child)
        own = emit_logs(emitter, 50, first=50)
        self.assertTrue(emitter.flush(10).is_complete())
        mine = [e["id"] for e in gateway.taken if e["data"]["tool_id"] == "t"]
        self.assertEqual(mine, before + own)
        self.assertEqual(sum(1 for e in gateway.taken if e["data"]["tool_id"] == "child"), 30)
        self.assert_books_balance(emitter)

    def test_the_child_of_a_spooling_parent_leaves_the_parents_spool_alone(self) -> None:
        emitter = self.emitter(dead_url(), spool_after=0.02)
        emit_logs(emitter, 20)
        self.assert_eventually(lambda: emitter.stats().spooled == 20)

        def child() -> None:
            emit_logs(emitter, 5, "child")
            assert emitter.close(0).spooled == 5

        self.fork(child)
        emit_logs(emitter, 20, first=20)
        self.assertEqual(emitter.close(0).spooled, 40)
        gateway = self.gateway()
        successor = self.emitter(gateway.url)
        self.assert_eventually(lambda: successor.stats().delivered == 45)
        self.assertEqual(
            [e["data"]["details"]["n"] for e in gateway.taken if e["data"]["tool_id"] == "t"], list(range(40))
        )

    def test_workers_of_multiprocessing_deliver_at_their_end(self) -> None:
        gateway = self.gateway()
        emitter = self.emitter(gateway.url)
        context = multiprocessing.get_context("fork")
        workers = [context.Process(target=emit_logs, args=(emitter, 10, f"w{n}")) for n in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assert_eventually(lambda: len(gateway.taken) == 30)
        self.assertEqual(len(set(gateway.ids())), 30)

    def test_workers_that_are_not_forked_from_here_deliver_too(self) -> None:
        gateway = self.gateway()
        for number, method in enumerate(["spawn", "forkserver"], 1):
            worker = multiprocessing.get_context(method).Process(
                target=emit_in_worker, args=(gateway.url, str(self.folder))
            )
            worker.start()
            worker.join()
            self.assertEqual(len(gateway.taken), 5 * number, method)

    def test_many_threads_and_forks_at_once_come_to_an_end(self) -> None:
        gateway = self.gateway()
        emitter = self.emitter(gateway.url, spool_after=0.02)
        import threading

        noise = [threading.Thread(target=emit_logs, args=(emitter, 400)) for _ in range(3)]
        for each in noise:
            each.start()
        for number in range(5):
            self.fork(lambda: (emit_logs(emitter, 20, f"c{number}"), emitter.close(10)))
        for each in noise:
            each.join()
        self.assertTrue(emitter.flush(10).is_complete())
        self.assert_eventually(lambda: len(gateway.taken) >= 1300)
        self.assertEqual(len(gateway.taken), len(set(gateway.ids())))
