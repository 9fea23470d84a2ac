"""A server that photographs are posted to while it is killed."""

import http.client
import os
import re
import shutil
import threading
import time

from common import Ended, start
from ingredients import sums, timeless
from phases import Phase


class Serve(Phase):
    """Clients post photographs to it all the time."""

    name, weight = "serve", 30
    words = ["serve", "--port", "0"]
    total = 12

    def folder(self, name):
        folder = super().folder(name)
        (folder / "tmp").mkdir()
        return folder

    def start(self, folder, **options):
        for left in (folder / "tmp").iterdir():
            # The server leaves alone what was made within the minute: it may be another's.
            os.utime(left, (time.time() - 120,) * 2)
        self.answers, self.wrong, self.waiting = [], [], 0
        log = self.base / "serve.log"
        environment = os.environ | {"TMPDIR": str(folder / "tmp")}
        with log.open("w") as file:
            process = start(
                [self.program, *self.words],
                cwd=folder,
                env=environment,
                stdout=file,
                stderr=file,
                **options,
            )
        for turn in (0, 1):
            threading.Thread(target=self.send, args=[process, log, turn], daemon=True).start()
        return process

    def send(self, process, log, turn):
        while not (match := re.search(r":(\d+)/", log.read_text())):
            if process.returncode is not None:
                return
            time.sleep(0.01)
        sent = sorted((self.base / "in/sent").iterdir())
        while process.returncode is None:
            turn += 1
            self.post(int(match[1]), sent[turn % len(sent)])

    def post(self, port, path):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.waiting += 1
        try:
            connection.request("POST", "/v1/colorize?detail=32", path.read_bytes())
            answer = connection.getresponse()
            body = timeless(answer.read())
        except (OSError, http.client.HTTPException):
            time.sleep(0.01)
            return
        finally:
            self.waiting -= 1
            connection.close()
        if answer.status != 200 or self.known.setdefault(path.name, body) != body:
            self.wrong.append(f"{path.name}: {answer.status} {body[:200]}")
        self.answers.append(path.name)

    def at_work(self, folder, before):
        return self.waiting > 0

    def done(self, folder):
        return len(self.answers)

    def finish(self, folder):
        process = self.start(folder)
        while len(self.answers) < self.total and process.poll() is None:
            time.sleep(0.01)
        process.terminate()
        return Ended(process, 60)

    def undisturbed(self):
        folder = self.folder("serve-undisturbed")
        self.answers = []
        begin = time.monotonic()
        if (ended := self.finish(folder)).status or self.wrong:
            raise SystemExit(f"serve: status {ended.status}: {self.wrong}")
        self.seconds = time.monotonic() - begin
        shutil.rmtree(folder)

    def inspect(self, folder, fault):
        if sums(self.base / "in") != self.input:
            fault("the input was changed")
        for answer in self.wrong:
            fault(answer)

    def judge(self, folder, fault):
        self.inspect(folder, fault)
        if left := list((folder / "tmp").iterdir()):
            fault("left over:", *left)
        shutil.rmtree(folder)
