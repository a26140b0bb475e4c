"""What differs between two takes: short, the first place of each."""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, zip_longest
from os.path import commonprefix
from pathlib import Path

from sameness.reading import TOKEN

WIDTH, AROUND = 200, 3
SPACE, ROOM = "SPACE in inline text", "space between parts"
MARKS = tuple(",.:;)!?”")
_STATIC = re.compile(r"static:[\w@.-]*?(\.\w+)?(?![\w@.-])")
_NUMBERS = re.compile(r"\d[\d.,]*(?<=\d)")
_INPUT = re.compile(r"\[input\]")
_BETWEEN = re.compile(r"(?<=[:\]]) (?=\[)|(?<=: ) +|(?<=\]) $")


def compare(given) -> int:
    """Print the differences, one of each kind unless `all`; 1 if there are any."""
    for about in _abouts(given.before, given.after):
        print(about)
    kinds = defaultdict(list)
    names = {path.name for folder in (given.before, given.after) for path in folder.glob("*.gz")}
    for name in sorted(names):
        for where, what in _between(given.before / name, given.after / name):
            if given.only in where and TOKEN not in where:
                kinds[what].append(f"{name.removesuffix('.gz')} {where}")
    rooms = {what: kinds.pop(what) for what in list(kinds) if what.startswith(ROOM) and not given.all}
    if rooms:
        print(f"{sum(map(len, rooms.values()))} × {ROOM} and nothing else (--all lists them)")
    for what, places in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
        print(f"\n{len(places)} × {what}")
        for place in places if given.all else places[:AROUND]:
            print(f"    {place}")
    count = sum(map(len, kinds.values()))
    print(f"\n{count} differences of {len(kinds)} kinds" if kinds else "the same house")
    return 1 if kinds else 0


def _abouts(*folders: Path) -> Iterator[str]:
    before, after = (json.loads((folder / "about.json").read_text()) for folder in folders)
    for key in ("database", "now"):
        if before[key] != after[key]:
            yield f"NOT COMPARABLE: {key} {before[key]} and {after[key]}"


def answers(path: Path) -> Iterator[tuple[str, dict]]:
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield tuple(json.loads(line))


def _between(before: Path, after: Path) -> Iterator[tuple[str, str]]:
    """(where, what) of each difference. Both takes were walked in one order as long as they agree."""
    waiting = [{}, {}]
    for pair in zip_longest(answers(before), answers(after)):
        for side, found in enumerate(pair):
            if found is None:
                continue
            where, answer = found
            if where in waiting[1 - side]:
                other = waiting[1 - side].pop(where)
                sides = (answer, other) if side == 0 else (other, answer)
                yield from ((where, what) for what in differences(*sides))
            else:
                waiting[side][where] = answer
    yield from ((where, f"only before (status {gone['status']})") for where, gone in waiting[0].items())
    yield from ((where, f"only after (status {new['status']})") for where, new in waiting[1].items())


def differences(before: dict, after: dict) -> Iterator[str]:
    """In words: status, kind, goal; the first node of the tree; else each space inside a line."""
    for key in ("status", "kind", "leads_to"):
        if before[key] != after[key]:
            yield f"{key}: {before[key]} → {after[key]}"
    if before["tree"] == after["tree"] and before["flow"] == after["flow"]:
        return
    trees = [[_STATIC.sub(r"static:\1", line) for line in side["tree"]] for side in (before, after)]
    if [_without_space(line) for line in trees[0]] != [_without_space(line) for line in trees[1]]:
        yield first("node", *trees)
    elif trees[0] != trees[1]:
        yield _NUMBERS.sub("#", first(SPACE, *trees))
    else:
        yield from spaces(visible(before), visible(after))


def visible(answer: dict) -> list[str]:
    """The runs of text without the place of hidden fields, which a browser does not give any."""
    inputs = iter([line for line in answer["tree"] if line.lstrip().startswith("<input")])

    def shown(found: re.Match) -> str:
        return "" if "type='hidden'" in next(inputs, "") else found[0]

    runs = [_INPUT.sub(shown, run) for run in answer["flow"]]
    return [_BETWEEN.sub("", run).rstrip() for run in runs if run.partition(": ")[2].strip()]


def spaces(before: list[str], after: list[str]) -> Iterator[str]:
    """The runs that differ; where no letter does, they are as many."""
    for left, right in zip(before, after, strict=False):
        if left != right:
            what = SPACE if is_read(left, right) else ROOM
            yield _NUMBERS.sub("#", first(what, [left], [right]))


def is_read(before: str, after: str) -> bool:
    """Whether a reader meets the space: one that went, one before a mark, one in what was typed. One
    more between two parts of a page is most often between boxes, where a browser shows none."""
    if " as typed: " in before.partition("'")[0]:
        return True
    (old, letters), (new, _letters) = _places_of_spaces(before), _places_of_spaces(after)
    return bool(old - new) or any(letters[place : place + 1] in MARKS for place in new - old)


def _places_of_spaces(run: str) -> tuple[set[int], str]:
    """Before which letters a space stands, and the letters."""
    words = run.split(" ")
    return set(accumulate(map(len, words[:-1]))), "".join(words)


def _without_space(line: str) -> str:
    return "".join(line.split())


def first(what: str, before: list[str], after: list[str]) -> str:
    """The first lines that differ, cut around the place where they do."""
    place = next(
        (at for at, (left, right) in enumerate(zip(before, after, strict=False)) if left != right),
        min(len(before), len(after)),
    )
    left, right = _line(before, place), _line(after, place)
    start = max(0, len(commonprefix([left, right])) - 60)
    return f"{what}\n  - {left[start : start + WIDTH]}\n  + {right[start : start + WIDTH]}"


def _line(lines: list[str], place: int) -> str:
    return lines[place].strip() if place < len(lines) else "(end)"
