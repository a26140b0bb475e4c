"""Reads one .xlsx in a process of its own and writes its rows as JSON lines.

Run as `python -I -S <this folder> FILE`, isolated: a hostile file may kill this process, never the
server. It imports the standard library only. Each line on standard output is one JSON object:

    {"sheet": name, "hidden": bool}       a worksheet begins
    {"rows": [[number, [cell, …]], …]}    rows with content; empty ones are left out
    {"merged": [[top, left, bottom, right], …], "fonts": [name, …]}
    {"problem": code, "sheet": name}      and nothing after it

A cell is null, a text, a number, a boolean, {"d": day as a proleptic ordinal} or
{"f": formula, "v": cached cell or null}. Rows and columns are numbered from 1.
"""

import sys

from limits import Problem, limit_process, say
from package import DAMAGE, Workbook, open_archive
from sheet import read_sheet


def main(path):
    limit_process()
    try:
        read(path)
    except Problem as problem:
        say({"problem": problem.code, "sheet": problem.sheet})


def read(path):
    with open(path, "rb") as stream:
        workbook = Workbook(open_archive(stream))
        for name, hidden, part in workbook.sheets:
            say({"sheet": name, "hidden": hidden})
            if not hidden:
                read_named(workbook, name, part)


def read_named(workbook, name, part):
    try:
        read_sheet(workbook, part)
    except Problem as problem:
        raise Problem(problem.code, name) from problem
    except DAMAGE as error:
        raise Problem("damaged", name) from error


if __name__ == "__main__":
    main(sys.argv[1])
