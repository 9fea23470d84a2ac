"""Colours bad photographs, each by a process of its own: none may crash, hang or eat the memory.

    python3 Tests/Hardening/bad_photographs.py [--rounds 2] [--every 1] [--only TEXT]
                                                 [--keep FOLDER]

corpus.py makes them out of good ones of every format. For each: at most 10 s of processor time
and 1 GB of memory, no signal, the photograph untouched, no file but the result, and either a
result that decodes, of the photograph's size, or status 1 and a sentence that names the file.
Then the same files all at once: a folder coloured, a folder prepared, and a server that is sent
every one.
"""

import collections
import concurrent.futures
import http.client
import pathlib
import re
import sys
import tempfile

import corpus
from common import arguments, declared_size, run, size, start

SECONDS, MEMORY = 10, 1_000_000_000
OPTIONS = ["--detail", "32"]
# After the file's name: words of ours, then in brackets, if at all, those of a decoder.
SENTENCE = re.compile(
    r"(empty; a photograph was expected|not a photograph; [^()]+|truncated or damaged \(.*\w.*\)"
    r"|\d+ channels; [^()]+|its samples are neither 8 nor 16 bits; [^()]+"
    r"|\d+ x \d+ pixels, which must be decoded whole; [^()]+)\."
)

# What a library writes to standard error by itself, past any way to ask it not to.
CHATTER = ("./lib/jxl/", "Error parsing OBU data")
SUMMARY = re.compile(r"\d+ coloured.*\.")


def judge(program, folder, name):
    """What is wrong with how the program took the file, and what became of it."""
    place = folder / "each" / name
    place.mkdir(parents=True)
    path = place / name
    content = (folder / "bad" / name).read_bytes()
    path.write_bytes(content)
    ended = run([program, name, "-o", "out/", *OPTIONS], SECONDS, cwd=place)
    wrong = []
    if ended.status < 0:
        wrong.append(f"ended by signal {-ended.status}")
    if ended.late:
        wrong.append(f"took {ended.seconds:.1f} s")
    if ended.memory > MEMORY:
        wrong.append(f"took {ended.memory / 1e6:.0f} MB")
    for line in ended.error.splitlines():
        if not line.startswith((f"{name}: ", *CHATTER)) and not SUMMARY.fullmatch(line):
            wrong.append(f"raw words: {line[:200]}")
            break
    if path.read_bytes() != content:
        wrong.append("the photograph was changed")
    results = [p for p in place.rglob("*") if p.is_file() and p != path]
    if ended.status == 0:
        if len(results) != 1 or results[0].name != ended.output.strip().split("/")[-1]:
            wrong.append(f"files: {results}")
        elif (found := size(results[0])) is None:
            wrong.append("the result does not decode")
        elif (own := declared_size(path)) and own != found:
            wrong.append(f"{own} became {found}")
    elif ended.status == 1:
        if results:
            wrong.append(f"files: {results}")
        says = [line for line in ended.error.splitlines() if line.startswith(f"{name}: ")]
        if not says or not SENTENCE.fullmatch(says[-1].removeprefix(f"{name}: ")):
            wrong.append(f"said: {ended.error.strip()[-300:]}")
    elif ended.status > 1:
        wrong.append(f"status {ended.status}: {ended.said}")
    return wrong, ended


def each(program, folder, names):
    """Counts of outcomes by format; whether nothing was wrong."""
    outcomes, faults, worst = collections.Counter(), 0, {"seconds": 0, "memory": 0}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, (wrong, ended) in zip(
            names, pool.map(lambda n: judge(program, folder, n), names)
        ):
            kind = name.rsplit("-", 1)[-1].split(".")[1] if "-" in name else "anything"
            outcomes[kind, "refused" if ended.status else "coloured"] += 1
            worst["seconds"] = max(worst["seconds"], ended.seconds)
            worst["memory"] = max(worst["memory"], ended.memory)
            if wrong:
                faults += 1
                print(f"{name}: {'; '.join(wrong)}", flush=True)
    kinds = sorted({kind for kind, _ in outcomes})
    print(f"{'format':10s} coloured  refused")
    for kind in kinds:
        print(f"{kind:10s} {outcomes[kind, 'coloured']:8d} {outcomes[kind, 'refused']:8d}")
    print(f"at most {worst['seconds']:.1f} s and {worst['memory'] / 1e6:.0f} MB; {faults} faults")
    return faults == 0


def together(program, folder, names):
    """Whether one process takes all of them, coloured, prepared and served."""
    fine = True
    for words in (
        ["bad", "-o", "out", *OPTIONS, "--recolor"],
        ["prepare", "bad", "-o", "set", "--any-format", "--min-side", "16"],
    ):
        ended = run([program, *words], 1 + len(names), cwd=folder)
        print(
            f"autochrome {words[0]}: status {ended.status}, {ended.seconds:.0f} s, "
            f"{ended.memory / 1e6:.0f} MB: {ended.said}"
        )
        fine &= ended.status in (0, 1) and not ended.late
    return fine & served(program, folder, names)


def served(program, folder, names):
    """Whether a server answers each as it should, and lives."""
    log = folder / "log"
    with log.open("w") as file:
        process = start([program, "serve", "--port", "0"], stdout=file, stderr=file)
    while not (match := re.search(r":(\d+)/", log.read_text())):
        if process.poll() is not None:
            sys.exit(f"the server did not start: {log.read_text()}")
    counts, wrong = collections.Counter(), 0

    def send(name):
        connection = http.client.HTTPConnection("127.0.0.1", int(match[1]), timeout=300)
        try:
            connection.request(
                "POST", "/v1/colorize?detail=32", (folder / "bad" / name).read_bytes()
            )
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            return repr(error), b""
        finally:
            connection.close()

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, (status, body) in zip(names, pool.map(send, names)):
            counts[status] += 1
            if status not in (200, 400, 413, 415, 422):
                wrong += 1
                print(f"{name}: the server answered {status} {body[:200]}")
    process.terminate()
    print(f"served: {dict(counts)}, then status {process.wait()}")
    return wrong == 0 and process.returncode == 0


def main():
    options = arguments(
        __doc__.splitlines()[0], seed=8, rounds=2, every=1, only="", keep="", together=1
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary).resolve()
        (folder / "bad").mkdir(parents=True)
        (folder / "good").mkdir()
        photographs = corpus.good(folder / "good")
        names = []
        for index, (name, content) in enumerate(
            corpus.bad(photographs, options.seed, options.rounds)
        ):
            if options.only in name and index % options.every == 0:
                names.append(name)
                (folder / "bad" / name).write_bytes(content)
        if not names:
            sys.exit(f"--only {options.only}: no bad photograph's name holds that")
        print(f"{len(names)} bad photographs, seed {options.seed}", flush=True)
        fine = each(options.program, folder, names)
        if options.together:
            fine &= together(options.program, folder, names)
    if not fine:
        sys.exit("bad photographs: something is wrong; see above")


if __name__ == "__main__":
    main()
