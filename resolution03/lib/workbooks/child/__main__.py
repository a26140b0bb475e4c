"""Reads one .xlsx in a process of its own and writes its rows as JSON lines.

Run limited and isolated (lib/children) with `FILE plain|careful`. It imports the standard library
only; `careful` leaves all rows to expat. Each line on standard output is one JSON object:

    {"strings": [text or null, …]}        the next shared texts, null for a blank one
    {"sheet": name, "hidden": bool}       a worksheet begins
    {"rows": [[number, [cell, …]], …]}    rows with content; empty ones are left out
    {"numbers": [number, …], "columns": [[column, sort, values], …]}    rows given by column
    {"merged": [[top, left, bottom, right], …], "fonts": [name, …], "hidden": [row, …], "epoch": day}
    {"problem": code, "sheet": name}      and nothing after it

A cell is null, a text, a number, a boolean, {"d": day as a proleptic ordinal, "t": seconds behind
midnight, where there are any}, {"s": number of a shared text} or {"f": formula, "v": cached cell or
null}. The values of a column, one for each of `numbers`, are by its sort "plain" ones, "days",
numbers of "shared" texts, or "cells"; a column may come twice, with values in different rows. Rows
and columns are numbered from 1. `hidden`: rows that Excel does not show; `epoch`: the ordinal of the
day from which the serials of days are counted.
"""

import gc
import sys

from archive import DAMAGE, open_archive
from limits import Problem, say
from package import Workbook
from sheet import read_sheet


def main(path, is_careful):
    gc.disable()
    try:
        read(path, is_careful)
    except Problem as problem:
        say({"problem": problem.code, "sheet": problem.sheet})


def read(path, is_careful):
    with open(path, "rb") as stream:
        workbook = Workbook(open_archive(stream))
        naming_problems(None, workbook.read_shared, is_careful=is_careful)
        for name, hidden, part in workbook.sheets:
            say({"sheet": name, "hidden": hidden})
            if not hidden:
                naming_problems(name, read_sheet, workbook, part, is_careful=is_careful)


def naming_problems(sheet, read, *arguments, **options):
    try:
        read(*arguments, **options)
    except Problem as problem:
        raise Problem(problem.code, sheet) from problem
    except DAMAGE as error:
        raise Problem("damaged", sheet) from error


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] == "careful")
