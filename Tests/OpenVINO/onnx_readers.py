"""Has ONNX's own checker and ONNX Runtime read graphs, and compares their results.

    .deps/test/bin/python Tests/OpenVINO/onnx_readers.py FOLDER

Every folder in FOLDER holds `model.onnx` and `case.json`: the tolerance, and for each run the
shapes of inputs and outputs by name, whose values lie as float32 in files named `RUN.NAME`. Prints
a line for each folder; ends with status 1 if one does not agree.
"""

import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime


def array(folder, run, name, shape):
    return numpy.fromfile(folder / f"{run}.{name}", "<f4").reshape(shape)


def difference(folder, session, index, run):
    """The largest difference of any output from what it is to be."""
    inputs = {
        name: array(folder, index, name, shape) for name, shape in run["inputs"].items()
    }
    names = list(run["outputs"])
    worst = 0.0
    for name, found in zip(names, session.run(names, inputs)):
        expected = array(folder, index, name, run["outputs"][name])
        if found.shape != expected.shape:
            raise ValueError(f"{name} is {found.shape}, expected {expected.shape}")
        worst = max(worst, float(numpy.abs(found - expected).max()))
    return worst


def check(folder):
    case = json.loads((folder / "case.json").read_text())
    path = str(folder / "model.onnx")
    onnx.checker.check_model(path, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    worst = max(difference(folder, session, i, run) for i, run in enumerate(case["runs"]))
    agrees = worst <= case["tolerance"]
    print(f"{'agrees' if agrees else 'DIFFERS'}: {folder.name}, by {worst:.2g}")
    return agrees


def main(folder):
    # All are looked at, also after one that differs.
    results = [check(path) for path in sorted(pathlib.Path(folder).iterdir())]
    print(f"{sum(results)} of {len(results)} agree")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
