"""Marks cells of one .xlsx in a process of its own; its parts are spliced, not written anew.

Run limited and isolated (lib/children). On standard input one JSON object:

    {"source": path, "target": path or null, "marks": [[sheet, row, column, level, text], …],
     "rows": [[format, [text, …], [sheet, row, column] or null], …], "widths": [number, …],
     "is_clean": bool}

Without a target nothing is written. On standard output one JSON object: {"notes": [code, …]}, what
cannot be kept, or {"problem": code}. Rows and columns are numbered from 1; `rows` are the list of
errors; where all is clean they only stand in for those of an earlier list.
"""

import json
import shutil
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "child"))

from archive import DAMAGE, open_archive  # noqa: E402
from limits import Problem  # noqa: E402
from marking import Marking, notes  # noqa: E402
from parts import Package, Workbook  # noqa: E402


def main(job):
    try:
        with open(job["source"], "rb") as stream:
            return {"notes": run(job, Package(open_archive(stream)))}
    except Problem as problem:
        return {"problem": problem.code}
    except (*DAMAGE, AttributeError, TypeError):
        return {"problem": "damaged"}


def run(job, package):
    workbook = Workbook(package)
    found = notes(package, workbook)
    if job["target"]:
        marking = Marking(package, workbook)
        marking.mark(job["marks"], job["rows"], job["widths"], job["is_clean"])
        found += marking.notes
        if package.changed:
            package.write(job["target"])
        else:
            shutil.copyfile(job["source"], job["target"])
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(json.load(sys.stdin))))
