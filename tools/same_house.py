#!/usr/bin/env python3
"""Whether two states of the code show the same house: pages, forms, figures, commands, addresses.

    python tools/same_house.py take FOLDER [--house PATH] [--database FILE] [--jobs N] [--now MOMENT]
    python tools/same_house.py compare BEFORE AFTER [--all] [--only TEXT]
    python tools/same_house.py furnish FILE [--house PATH] [--database FILE]

`take` walks over a scratch copy of a demonstration as one user of each role (and as nobody), from
the home page along every link, filter and address of the URLconf, and keeps what each page, form,
report and command answered. `compare` ends with status 1 where two such folders differ. `furnish`
makes a copy that also holds what only work leaves behind (uploads, plans, issued reports), for
`--database` of both takes. The house need not be the one that this tool stands in.
"""

import argparse
import sys
from pathlib import Path

from sameness import comparing

HERE = Path.cwd()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    take = verbs.add_parser("take")
    take.add_argument("folder", type=Path)
    take.add_argument("--jobs", type=int, default=2)
    furnish = verbs.add_parser("furnish")
    furnish.add_argument("file", type=Path)
    for verb in (take, furnish):
        verb.add_argument("--house", type=Path, default=HERE)
        verb.add_argument("--database", type=Path, help="default: var/demo.sqlite3 of the house")
        verb.add_argument("--now", default="2026-12-01T09:00+07:00")
    compare = verbs.add_parser("compare")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    compare.add_argument("--all", action="store_true", help="every difference, not one of each kind")
    compare.add_argument("--only", default="", help="only where the address holds this text")
    return VERBS[parser.parse_args().verb](parser.parse_args())


def take(given) -> int:
    from sameness import taking

    return taking.take(given)


def furnish(given) -> int:
    from sameness import furnishing

    return furnishing.furnish(given)


VERBS = {"take": take, "furnish": furnish, "compare": comparing.compare}

if __name__ == "__main__":
    sys.exit(main())
