"""Writes fixtures/nist.json: problems of NIST's Statistical Reference Datasets for nonlinear regression.

    python nist.py FOLDER

FOLDER holds NIST's own files (Misra1a.dat …), as at https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml and,
unchanged, in the folder NIST_STRD of https://github.com/lmfit/lmfit-py. Nelson, which has two predictors, is left out.
"""

import json
import re
import sys
from pathlib import Path

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"


def lines_of(text, what):
    """The lines that the head of the file names for `what`, counted from 1."""
    first, last = map(int, re.search(what + r"\s*\(lines\s+(\d+)\s+to\s+(\d+)\)", text).groups())
    return text.splitlines()[first - 1 : last]


def read(path):
    text = path.read_text()
    parameters = [re.findall(NUMBER, line.split("=")[1]) for line in lines_of(text, "Starting Values")]
    points = [list(map(float, line.split())) for line in lines_of(text, "Data")]
    return {
        "name": path.stem,
        "level": re.search(r"(Lower|Average|Higher)\s+Level", text).group(1).lower(),
        "starts": [[float(row[k]) for row in parameters] for k in (0, 1)],
        "certified": [float(row[2]) for row in parameters],
        "sumOfSquares": float(re.search(r"Residual Sum of Squares:\s*(" + NUMBER + ")", text).group(1)),
        "y": [point[0] for point in points],
        "x": [point[1] for point in points],
    }


folder = Path(sys.argv[1])
problems = [read(path) for path in sorted(folder.glob("*.dat")) if path.stem != "Nelson"]
source = "NIST/ITL Statistical Reference Datasets, nonlinear regression (StRD), certified to 11 digits"
out = Path(__file__).parent / "fixtures" / "nist.json"
lines = ",\n".join(json.dumps(problem) for problem in problems)
out.write_text('{"source": %s, "problems": [\n%s\n]}\n' % (json.dumps(source), lines))
print(len(problems), "problems")
