"""Kills the program at random moments; the same command has to end as if nothing had happened.

    python3 Tests/Hardening/faults.py [--kills 200] [--seed 8] [--only PHASE]

The phases are a folder coloured, one with files of hints beside its photographs, proposals of
colours, a data set prepared in files and in shards, a training, a server with clients, a film, and
its stills.
A round kills its command up to four times, mostly by SIGKILL, and then lets it end. After each
kill: the input is byte for byte what it was, and every file under a final name is whole. In the
end: status 0, the same files with the same content as those of an undisturbed run, and no others.
A kill counts when the program was still there to be killed; of each phase at least half must have
come when it had begun to write.
"""

import collections
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

from common import arguments
from ingredients import make_input, tree
from phases import BATCHES, Propose, Stills
from serving import Serve

SIGNALS = [signal.SIGKILL] * 7 + [signal.SIGTERM, signal.SIGINT, signal.SIGINT]
# Of a signal that the program takes as a wish; before it listens to it, the signal ends it.
ENDS = {
    signal.SIGKILL: {-signal.SIGKILL},
    signal.SIGTERM: {-signal.SIGTERM, 130, 0},
    signal.SIGINT: {-signal.SIGINT, 130, 0},
}


def listen():
    """What runs in the background ignores Ctrl-C; the program must not inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Rounds:
    """The kills of one phase."""

    def __init__(self, phase, chance):
        self.phase, self.chance = phase, chance
        self.attempts, self.kills, self.at_work, self.rounds = 0, collections.Counter(), 0, 0
        self.wrong = []

    def fault(self, *words):
        self.wrong.append(" ".join(map(str, words)))
        print(f"{self.phase.name}:", *words, flush=True)

    def play(self, count):
        while self.kills.total() < count and self.attempts < 3 * count + 10:
            self.round(min(self.chance.randint(1, 4), count - self.kills.total()))
            self.rounds += 1

    def round(self, count):
        folder = self.phase.folder(f"{self.phase.name}-{self.rounds}")
        for _ in range(count):
            if not self.kill(folder):
                break
        else:
            self.end(folder)

    def kill(self, folder):
        """Whether the command was killed, rather than ended before."""
        self.attempts += 1
        before = tree(folder)
        process = self.phase.start(folder, preexec_fn=listen)
        self.wait(process, folder)
        number = self.chance.choice(SIGNALS)
        alive = process.poll() is None
        at_work = self.phase.at_work(folder, before)
        if alive:
            process.send_signal(number)
        try:
            error = (process.communicate(timeout=120)[1] or b"").decode(errors="replace")
        except subprocess.TimeoutExpired:
            process.kill()
            self.fault("still there two minutes after", number.name)
            return True
        # SIGKILL meets a program that is at its end too late.
        if not alive or (number == signal.SIGKILL and process.returncode == 0):
            if process.returncode != 0:
                self.fault(f"status {process.returncode} without a kill: {error[-500:]}")
            self.phase.judge(folder, self.fault)
            return False
        self.kills[number.name] += 1
        self.at_work += at_work
        if process.returncode not in ENDS[number]:
            self.fault(f"status {process.returncode} after {number.name}: {error[-500:]}")
        self.phase.inspect(folder, self.fault)
        return True

    def wait(self, process, folder):
        """Until a random moment: by the clock, or a moment after a random piece of work."""
        if self.chance.random() < 0.2:
            time.sleep(self.chance.uniform(0, self.phase.seconds))
            return
        done = self.phase.done(folder)
        goal = self.chance.randint(min(done + 1, self.phase.total), self.phase.total)
        limit = time.monotonic() + 120
        while self.phase.done(folder) < goal and process.poll() is None:
            if time.monotonic() > limit:
                return self.fault("no progress in two minutes")
            time.sleep(0.001)
        time.sleep(self.chance.uniform(0, self.phase.seconds / self.phase.total))

    def end(self, folder):
        """Lets the command end, and compares."""
        ended = self.phase.finish(folder)
        if ended.status != 0 or ended.late:
            self.fault(f"in the end status {ended.status}: {ended.error[-500:]}")
        self.phase.judge(folder, self.fault)


def main():
    options = arguments(__doc__.splitlines()[0], kills=200, seed=8, only="")
    chosen = [phase for phase in [*BATCHES, Propose, Stills, Serve] if options.only in phase.name]
    if not chosen:
        names = ", ".join(phase.name for phase in [*BATCHES, Propose, Stills, Serve])
        sys.exit(f"--only {options.only}: there is no such phase; there are {names}")
    fine = True
    with tempfile.TemporaryDirectory() as name:
        base = pathlib.Path(name).resolve()
        make_input(options.program, base / "in")
        share = sum(phase.weight for phase in chosen)
        left, rows = options.kills, []
        for index, kind in enumerate(chosen):
            count = left if index == len(chosen) - 1 else round(options.kills * kind.weight / share)
            left -= count
            phase = kind(options.program, base)
            phase.undisturbed()
            rounds = Rounds(phase, random.Random(f"{options.seed} {phase.name}"))
            rounds.play(count)
            kills = rounds.kills.total()
            row = (
                f"{phase.name:8s} {rounds.attempts:4d} attempts {kills:4d} kills "
                f"{rounds.at_work:4d} at work {rounds.rounds:4d} rounds "
                f"{len(rounds.wrong):3d} faults  {dict(rounds.kills)}"
            )
            print(row, flush=True)
            rows.append(row)
            if kills < count or 2 * rounds.at_work < kills:
                rounds.fault("it was not killed often enough at work")
            fine &= not rounds.wrong
    print(f"\nseed {options.seed}", *rows, sep="\n")
    if not fine:
        sys.exit("faults: something is wrong; see above")


if __name__ == "__main__":
    main()
