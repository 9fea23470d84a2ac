"""Fetches libtorch and unpacks what a C++ program needs of it: lib/ and include/.

    python3 Scripts/libtorch.py 2.13.0 .deps/libtorch

libtorch comes as the Python package `torch`, of which nothing in Python is kept, so the
package for any Python version does. The CPU build, `2.13.0+cpu`, is taken where the index has
it, else the platform's plain build. On Linux that one is the CUDA build: of it the CPU part is
kept, and the two NVIDIA libraries that part links are put beside it.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

# Not called from C++ on a CPU: Python's own libraries, test libraries, CUDA.
UNWANTED = re.compile(
    r"python|shm|test|backend_with_compiler|aoti_custom_ops|global_deps|cuda|nvshmem|nvrtc"
)

# The packages of the libraries that the CUDA build of libtorch_cpu links, of the CUDA release
# that torch 2.13.0 names in its requirements.
NVIDIA = {
    "libcudart.so.13": "nvidia-cuda-runtime==13.0.*",
    "libcupti.so.13": "nvidia-cuda-cupti==13.0.*",
}


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


def fetch_torch(version, folder):
    """The package `torch`, CPU build first, for Python 3.11 first and else for this one."""
    for name in (f"{version}+cpu", version):
        say(f"fetching torch {name}")
        for python in ("3.11", None):
            package, words = download(f"torch=={name}", folder / "torch", python)
            if package:
                return package
        say(f"there is no torch {name} to be had ({words})")
    raise SetupError(
        f"libtorch could not be had: pip found no torch {version} for this machine. Check the "
        "network and pip's index, or set LIBTORCH to a folder with libtorch's lib/ and include/."
    )


def unpack(package, destination):
    """Copies the C++ parts of the package `torch` to lib/ and include/ of `destination`."""
    with zipfile.ZipFile(package) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        cuda = any("libtorch_cuda" in name for name in names)
        for name in names:
            if not name.startswith(("torch/lib/", "torch/include/")):
                continue
            library = name.startswith("torch/lib/")
            if library and (name.count("/") > 2 or UNWANTED.search(name)):
                continue
            if cuda and name == "torch/lib/libtorch.so":
                continue
            target = destination / name[len("torch/"):]
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, open(target, "wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
    if cuda:
        # The one left out does nothing but link the CPU and the CUDA part.
        (destination / "lib/libtorch.so").symlink_to("libtorch_cpu.so")


def load(library):
    """What the system says when it loads `library`, or None where that works."""
    script = "import ctypes, sys; ctypes.CDLL(sys.argv[1])"
    ran = subprocess.run(
        [sys.executable, "-c", script, str(library)], capture_output=True, text=True
    )
    return ran.stderr.strip().splitlines()[-1] if ran.returncode else None


def complete(destination, scratch):
    """Adds the NVIDIA libraries that libtorch_cpu asks for, until it can be loaded."""
    suffix = "dylib" if sys.platform == "darwin" else "so"
    library = (destination / "lib" / f"libtorch_cpu.{suffix}").resolve()
    while True:
        problem = load(library)
        if not problem:
            return
        asked = re.search(r"(\S+): cannot open shared object file", problem)
        name = asked.group(1) if asked else None
        if name not in NVIDIA or (destination / "lib" / name).exists():
            raise SetupError(f"libtorch was fetched but cannot be loaded: {problem}")
        say(f"fetching {NVIDIA[name]} for {name}")
        package, words = download(NVIDIA[name], scratch / name)
        if not package:
            raise SetupError(f"{NVIDIA[name]}, which libtorch links, could not be had: {words}")
        extract(package, name, destination / "lib" / name)


def extract(package, name, target):
    with zipfile.ZipFile(package) as archive:
        member = next((n for n in archive.namelist() if n.endswith("/" + name)), None)
        if not member:
            raise SetupError(f"{package.name} holds no {name}, which libtorch links.")
        target.write_bytes(archive.read(member))


def main(version, destination):
    """Unpacks beside `destination` and renames, so that a folder of that name is whole."""
    destination = pathlib.Path(destination)
    partial = destination.with_name(destination.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    scratch = partial / "scratch"
    try:
        package = fetch_torch(version, scratch)
        say(f"unpacking {package.name}")
        unpack(package, partial)
        complete(partial, scratch)
        shutil.rmtree(scratch)
        (partial / "version").write_text(version + "\n")
        shutil.rmtree(destination, ignore_errors=True)
        partial.rename(destination)
    except OSError as error:
        raise SetupError(f"libtorch could not be unpacked into {destination}: {error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except SetupError as error:
        say(error)
        sys.exit(1)
