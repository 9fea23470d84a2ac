"""Fetches libtorch and unpacks what a C++ program needs of it: lib/ and include/.

    python3 Scripts/libtorch.py 2.13.0 .deps/libtorch

libtorch comes as the Python package `torch`. The CPU build, `2.13.0+cpu`, is taken where the
index has it, else the platform's plain build. On Linux that one is the CUDA build: of it the CPU
part is kept, and the two NVIDIA libraries that part links are put beside it.
"""

import re
import sys
import zipfile

from wheels import SetupError, download, fetch, installing, load, run, say, unpack

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


def fetch_torch(version, folder):
    """The package `torch`, CPU build first."""
    for name in (f"{version}+cpu", version):
        package, words = fetch(f"torch=={name}", folder / "torch")
        if package:
            return package
        say(f"there is no torch {name} to be had ({words})")
    raise SetupError(
        f"libtorch could not be had: pip found no torch {version} for this machine. Check the "
        "network and pip's index, or set LIBTORCH to a folder with libtorch's lib/ and include/."
    )


def is_cuda_build(package):
    with zipfile.ZipFile(package) as archive:
        return any("libtorch_cuda" in name for name in archive.namelist())


def place(name, cuda):
    """Where a file of the package goes, if it is a C++ part of it."""
    if not name.startswith(("torch/lib/", "torch/include/")):
        return None
    library = name.startswith("torch/lib/")
    if library and (name.count("/") > 2 or UNWANTED.search(name)):
        return None
    # In the CUDA build this one does nothing but link the CPU and the CUDA part.
    if cuda and name == "torch/lib/libtorch.so":
        return None
    return name[len("torch/"):]


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
    with installing("libtorch", version, destination) as (partial, scratch):
        package = fetch_torch(version, scratch)
        cuda = is_cuda_build(package)
        unpack(package, partial, lambda name: place(name, cuda))
        if cuda:
            (partial / "lib/libtorch.so").symlink_to("libtorch_cpu.so")
        complete(partial, scratch)


if __name__ == "__main__":
    run(main)
