"""Fetches OpenVINO and unpacks what colouring on a CPU needs of it: lib/, include/, licenses/.

    python3 Scripts/openvino.py 2026.4.1 .deps/openvino

OpenVINO comes as the Python package `openvino`. Of its libraries the core, the C API, the CPU
plugin, the reader of ONNX and oneTBB are kept, about half; the rest drives other devices and
reads other formats.
"""

import re

from wheels import SetupError, fetch, installing, load, run, unpack

# oneTBB opens libtbbbind and hwloc itself, on machines with several kinds of cores or memories.
WANTED = re.compile(
    r"lib(openvino|openvino_c|openvino_onnx_frontend|openvino_(intel|arm)_cpu_plugin"
    r"|tbb|tbbbind\w*|hwloc)\.(so|\d|dylib)"
)


def place(name):
    """Where a file of the package goes, if it is wanted."""
    folder, _, file = name.rpartition("/")
    if folder == "openvino/libs" and WANTED.match(file):
        return f"lib/{file}"
    if name.startswith("openvino/include/openvino/c/"):
        return name[len("openvino/"):]
    if "/licenses/" in name:
        return f"licenses/{file}"
    return None


def check(folder):
    """Links the C API to a name without version, and loads all there is."""
    libraries = sorted(folder.iterdir())
    api = next((path for path in libraries if path.name.startswith("libopenvino_c.")), None)
    if not api:
        raise SetupError("the package openvino holds no libopenvino_c; was the right one fetched?")
    for library in libraries:
        problem = load(library.resolve())
        if problem:
            raise SetupError(f"OpenVINO was fetched but {library.name} cannot be loaded: {problem}")
    plain = folder / ("libopenvino_c.dylib" if api.name.endswith("dylib") else "libopenvino_c.so")
    if plain != api:
        plain.symlink_to(api.name)


def main(version, destination):
    with installing("OpenVINO", version, destination) as (partial, scratch):
        package, words = fetch(f"openvino=={version}", scratch / "openvino")
        if not package:
            raise SetupError(
                f"OpenVINO could not be had: pip found no openvino {version} for this machine "
                f"({words}). Check the network and pip's index, or set OPENVINO to a folder with "
                "OpenVINO's libraries."
            )
        unpack(package, partial, place)
        check(partial / "lib")


if __name__ == "__main__":
    run(main)
