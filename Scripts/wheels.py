"""What the scripts share that unpack a library from the package of a Python module.

Nothing in Python is kept of such a package, so that for any Python version does.
"""

import contextlib
import pathlib
import shutil
import subprocess
import sys
import zipfile


class SetupError(Exception):
    """A sentence that says what could not be had, and what to do."""


def say(message):
    print(f"setup: {message}", file=sys.stderr, flush=True)


def download(requirement, folder, python=None):
    """The path of the package fetched for `requirement`, or None and pip's last words."""
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "--no-deps", "--only-binary=:all:"]
    command += ["--python-version", python] if python else []
    ran = subprocess.run(
        command + ["--dest", str(folder), requirement], capture_output=True, text=True
    )
    found = next(folder.glob("*.whl"), None)
    if ran.returncode == 0 and found:
        return found, ""
    shutil.rmtree(folder)
    lines = ran.stderr.strip().splitlines() or [f"pip ended with status {ran.returncode}"]
    return None, next((line for line in reversed(lines) if line.startswith("ERROR")), lines[-1])


def fetch(requirement, folder):
    """The package for Python 3.11 first and else for this one, or None and pip's last words."""
    say(f"fetching {requirement.replace('==', ' ')}")
    for python in ("3.11", None):
        package, words = download(requirement, folder, python)
        if package:
            return package, ""
    return None, words


def unpack(package, destination, place):
    """Copies every file of `package` for which `place` gives a path in `destination`."""
    say(f"unpacking {package.name}")
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            path = None if name.endswith("/") else place(name)
            if not path:
                continue
            target = destination / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, open(target, "wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)


def load(library):
    """What the system says when it loads `library`, or None where that works."""
    script = "import ctypes, sys; ctypes.CDLL(sys.argv[1])"
    ran = subprocess.run(
        [sys.executable, "-c", script, str(library)], capture_output=True, text=True
    )
    return ran.stderr.strip().splitlines()[-1] if ran.returncode else None


@contextlib.contextmanager
def installing(library, version, destination):
    """A folder to fill and one for scratch: the first becomes `destination` once it is whole."""
    destination = pathlib.Path(destination)
    partial = destination.with_name(destination.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        yield partial, partial / "scratch"
        shutil.rmtree(partial / "scratch")
        (partial / "version").write_text(version + "\n")
        shutil.rmtree(destination, ignore_errors=True)
        partial.rename(destination)
    except OSError as error:
        raise SetupError(f"{library} could not be unpacked into {destination}: {error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def run(main):
    """Calls `main` with the command line; a failure is a sentence."""
    try:
        main(*sys.argv[1:])
    except SetupError as error:
        say(error)
        sys.exit(1)
