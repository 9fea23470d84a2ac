"""Gives the program hostile files of weights: sentences, and nothing read or written elsewhere.

    python3 Tests/Hardening/weights.py [--only TEXT]

Each file is told by `model info`, converted, and used to colour a photograph. No signal, at
most 10 s of processor time and 2 GB of memory; status 1 and a sentence that names the file, or
0 and a result that decodes. Nothing may appear but the result. Where strace is there, no file
is opened for writing outside the folder, and none that the metadata name is opened at all.
"""

import json
import pathlib
import re
import shutil
import struct
import sys
import tempfile

from common import ROOT, SAMPLES, arguments, made, run, size

SECONDS, MEMORY = 10, 2_000_000_000
SECRET = "secret-of-another"


def parts(content):
    (length,) = struct.unpack_from("<Q", content)
    return json.loads(content[8 : 8 + length]), content[8 + length :]


def packed(header, body, length=None):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + body


def hostile(model, elsewhere):
    """Names and contents."""
    header, body = parts(model)
    names = [name for name in header if name != "__metadata__"]
    first, last = names[0], max(names, key=lambda name: header[name]["data_offsets"][1])

    def entry(name, **changes):
        return packed(header | {name: header[name] | changes}, body)

    def told(**metadata):
        return packed(header | {"__metadata__": header["__metadata__"] | metadata}, body)

    def values(pattern):
        """All tensors of one number, in fp32."""
        changed, place = {}, 0
        for name in names:
            shape = header[name]["shape"]
            count = 4
            for length in shape:
                count *= length
            changed[name] = {"dtype": "F32", "shape": shape, "data_offsets": [place, place + count]}
            place += count
        changed["__metadata__"] = header["__metadata__"]
        return packed(changed, pattern * (place // 4))

    for length in (0, 1, 7, len(model), 2**31, 2**32, 2**63 - 1, 2**63, 2**64 - 1):
        yield f"length-{length}", packed(header, body, length)
    yield "nothing", b""
    yield "seven-bytes", model[:7]
    yield "cut-in-header", model[:1000]
    yield "cut-in-tensors", model[:-1]
    yield "longer", model + b"\0"
    yield "huge-header", packed(b'{"__metadata__":{"a":"' + b"a" * 99_000_000 + b'"}}', b"")
    yield (
        "many-names",
        packed(
            {str(i): {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]} for i in range(300_000)},
            b"",
        ),
    )
    yield "deep", packed(b'{"a":' + b"[" * 5_000_000 + b"]" * 5_000_000 + b"}", b"")
    yield "deep-objects", packed(b'{"a":' * 500_000 + b"1" + b"}" * 500_000, b"")
    yield "binary-header", packed(bytes(range(256)) * 10, body)
    yield "half-utf8", packed(b'{"\xff\xfe":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}', b"")
    twice = json.dumps(header).encode()
    again = json.dumps({first: header[first]}).encode()[1:-1]
    yield "named-twice", packed(twice[:-1] + b"," + again + b"}", body)
    other = json.dumps({first: header[first] | {"dtype": "U8"}}).encode()[1:-1]
    yield "named-twice-otherwise", packed(twice[:-1] + b"," + other + b"}", body)
    yield "metadata-twice", packed(twice[:-1] + b',"__metadata__":{"network":"ResNet"}}', body)
    yield "metadata-number", packed(header | {"__metadata__": 7}, body)
    yield "metadata-nested", packed(header | {"__metadata__": {"a": {"b": "c"}}}, body)
    begin, end = header[first]["data_offsets"]
    for name, offsets in {
        "overlap": [begin + 4, end + 4],
        "far": [2**40, 2**40 + end - begin],
        "negative": [-4, end - begin - 4],
        "backwards": [end, begin],
        "beyond-numbers": [2**63, 2**63 + end - begin],
        "real": [0.5, end],
        "one": [begin],
        "three": [begin, end, end],
        "none": [],
        "text": ["0", str(end)],
        "huge": [1e300, 1e301],
        "last-number": [2**63 - 1, 2**63 - 1],
    }.items():
        yield f"offsets-{name}", entry(first, data_offsets=offsets)
    for name, shape in {
        "negative": [-261, -2],
        "zero": [0],
        "huge": [2**62, 2**62],
        "overflow": [2**32, 2**32, 0],
        "empty": [],
        "deep": [1] * 10_000 + header[first]["shape"],
        "turned": header[first]["shape"][::-1],
        "text": ["261"],
    }.items():
        yield f"shape-{name}", entry(first, shape=shape)
    for kind in ("F64", "I64", "BOOL", "F8_E4M3", "", "f32", "F32\0", "I8"):
        yield f"type-{kind.strip(chr(0)) or 'none'}-{len(kind)}", entry(first, dtype=kind)
    yield (
        "other-names",
        packed({n + "x": v for n, v in header.items() if n != "__metadata__"}, body),
    )
    lacking = {n: v for n, v in header.items() if n != last}
    yield "one-lacks", packed(lacking, body[: header[last]["data_offsets"][0]])
    end = header[last]["data_offsets"][1]
    added = {"more": {"dtype": "U8", "shape": [4], "data_offsets": [end, end + 4]}}
    yield "one-more", packed(header | added, body + b"more")
    for name, number in {
        "nan": float("nan"),
        "infinite": float("inf"),
        "minus": float("-inf"),
        "large": 3e38,
        "zero": 0.0,
        "tiny": 1e-45,
    }.items():
        yield f"all-{name}", values(struct.pack("<f", number))
    yield "noise", packed(header, (b"\x12\x7b\xff\x3c\xc1" * len(body))[: len(body)])
    for network in ("ResNet", "chromanetwork", "../ChromaNetwork", ""):
        yield f"network-{network.replace('/', '-')}", told(network=network)
    for name in (
        str(elsewhere),
        "../../../../../../etc/passwd",
        f"../{SECRET}",
        "a\0b",
        "\x1b[2J\x07",
        "]]><script>alert(1)</script>",
        "x" * 1_000_000,
        "%s%n%n",
    ):
        yield f"path-{len(name)}", told(name=name, precision=name, license_note=name, training=name)
    paths = {f"../../{n}": v for n, v in header.items() if n != "__metadata__"}
    yield "path-names", packed(paths, body)


def traced(command, folder, log):
    return (
        [
            "strace",
            "-f",
            "-o",
            log,
            "-e",
            "trace=open,openat,openat2,creat,rename,renameat2,"
            "unlink,unlinkat,mkdir,link,symlink,truncate",
            *command,
        ]
        if shutil.which("strace")
        else command
    )


def opened(log, folder):
    """Files written outside the folder, and files that only the metadata name."""
    wrong = set()
    for line in log.read_text(errors="replace").splitlines():
        for path in re.findall(r'"((?:[^"\\]|\\.)*)"', line):
            writes = re.search(
                r"O_WRONLY|O_RDWR|O_CREAT|creat\(|rename|unlink|mkdir|link|truncate", line
            )
            inside = not path.startswith("/") or path.startswith(
                (str(folder), "/dev/", "/proc/self")
            )
            if "/orcexec." in path:
                # Where liborc, which libvips brings along, compiles its loops.
                continue
            if SECRET in path or path.endswith("etc/passwd") and "O_CLOEXEC" not in line:
                wrong.add(f"opened {path}")
            elif writes and (not inside or path.startswith("..")) and "= -1" not in line:
                wrong.add(f"wrote {path}")
    return sorted(wrong)


def judge(program, folder, name, content):
    wrong = []
    path = folder / f"{name}.safetensors"
    path.write_bytes(content)
    before = {p for p in folder.rglob("*")}
    for words, result in (
        (["model", "info", path.name], None),
        (
            ["model", "convert", path.name, "out.safetensors", "--precision", "fp32"],
            "out.safetensors",
        ),
        (["photo.jpg", "--detail", "32", "--model", path.name, "-o", "out.jpg"], "out.jpg"),
    ):
        command = [program, *words]
        log = folder.parent / "trace"
        ended = run(traced(command, folder, log), SECONDS, cwd=folder)
        what = words[1] if words[0] == "model" else "colour"
        if ended.status < 0 or ended.status > 1:
            wrong.append(f"{what}: status {ended.status}: {ended.error[-300:]}")
        if ended.late or ended.memory > MEMORY:
            wrong.append(f"{what}: {ended.seconds:.1f} s, {ended.memory / 1e6:.0f} MB")
        named = rf"^(Error: )?({re.escape(path.name)}|photo\.jpg): \w.*\.$"
        if ended.status == 1 and not re.search(named, ended.error, re.M):
            wrong.append(f"{what}: said {ended.error[-300:]!r}")
        if re.search(r"[\x00-\x08\x0b-\x1f]", ended.output + ended.error):
            wrong.append(f"{what}: control characters to the terminal")
        if log.exists():
            wrong += [f"{what}: {act}" for act in opened(log, folder)]
            log.unlink()
        made_now = {p for p in folder.rglob("*")} - before
        expected = {folder / result} if result and ended.status == 0 else set()
        if made_now != expected:
            wrong.append(f"{what}: left {[p.name for p in made_now]}")
        if what == "colour" and ended.status == 0 and not size(folder / "out.jpg"):
            wrong.append("colour: the result does not decode")
        yielded = (what, ended.status)
        OUTCOMES[yielded] = OUTCOMES.get(yielded, 0) + 1
        for made_path in made_now:
            made_path.unlink()
    path.unlink()
    return wrong


OUTCOMES = {}


def main():
    options = arguments(__doc__.splitlines()[0], only="")
    model = (ROOT / "Models/autochrome.safetensors").read_bytes()
    faults = count = 0
    with tempfile.TemporaryDirectory() as name:
        base = pathlib.Path(name).resolve()
        (base / SECRET).write_text("not for the program")
        folder = base / "here"
        folder.mkdir()
        made("resize", SAMPLES[1], folder / "photo.jpg", 0.2)
        for label, content in hostile(model, base / SECRET):
            if options.only not in label:
                continue
            count += 1
            if wrong := judge(options.program, folder, label, content):
                faults += 1
                print(f"{label}:", *wrong, sep="\n    ", flush=True)
    if not count:
        sys.exit(f"--only {options.only}: no file's name holds that")
    print(f"{count} files, {faults} with faults; (command, status): {OUTCOMES}")
    if faults:
        sys.exit("weights: something is wrong; see above")


if __name__ == "__main__":
    main()
