"""Who is given which level: pure functions of scores, with the numbers a year should come out at.

Targets of NQ 03-NQ/TU, parts I.2: an aim says by how many an office misses or exceeds one, or which
percentage it reaches. Shares of the best level stay below the caps of the schemes.
"""

from collections import defaultdict
from dataclasses import dataclass
from random import Random

TARGETS = {
    ("grassroots", "strong"): (50, False),
    ("grassroots", "exemplary"): (15, True),
    ("affiliated", "strong"): (60, True),
    ("member", "well"): (70, True),
}
CAPPED_FROM = 2019


@dataclass(frozen=True, slots=True)
class Aim:
    """Either `percent` of the rated, or `beyond` the least number that meets the target."""

    percent: float | None = None
    beyond: int = 0

    def number(self, aimed_at: tuple[str, str], rated: int) -> int:
        if self.percent is not None:
            return round(self.percent * rated / 100)
        target, more_than = TARGETS[aimed_at]
        least = rated * target // 100 + 1 if more_than else -(-rated * target // 100)
        return min(max(least + self.beyond, 0), rated)


def at(percent: float) -> Aim:
    return Aim(percent=percent)


def missed_by(number: int) -> Aim:
    return Aim(beyond=-number)


# Year: strong and exemplary grassroots organizations, strong and exemplary affiliated ones, members.
AIMS: dict[int, tuple[Aim, Aim, Aim, Aim, Aim]] = {
    2016: (missed_by(4), at(11.8), missed_by(3), at(12.0), missed_by(41)),
    2017: (at(51.4), missed_by(1), at(62.1), at(12.9), at(70.9)),
    2018: (at(58.2), at(15.6), missed_by(1), at(14.0), at(72.6)),
    2019: (at(61.9), at(16.8), at(63.7), at(15.1), at(74.8)),
    2020: (at(66.1), at(18.2), at(67.9), at(16.4), at(77.2)),
    2021: (at(62.8), missed_by(3), at(65.8), at(14.2), missed_by(18)),
    2022: (at(67.4), at(16.1), at(70.3), at(15.8), at(75.1)),
    2023: (at(71.2), at(17.3), at(72.2), at(16.2), at(77.4)),
    2024: (at(73.5), missed_by(1), at(75.4), at(16.0), at(79.3)),
    2025: (at(74.9), at(16.9), at(76.0), at(16.6), at(80.1)),
}
ORGANIZATION_AIMS = {"grassroots": (0, 1), "affiliated": (2, 3)}
MEMBER_AIM = 4
LOWEST = 0.006
SECOND_LOWEST = 0.12


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of a roster: its id, its group for the cap, how well it did."""

    key: int
    group: int
    score: float


def organization_levels(kind: str, year: int, lines: list[Candidate]) -> dict[int, str]:
    """The level code of each rated organization of one kind; the group is the unit."""
    strong_aim, exemplary_aim = (AIMS[year][place] for place in ORGANIZATION_AIMS[kind])
    ranked = _ranked(lines)
    strong = strong_aim.number((kind, "strong"), len(lines))
    wanted = min(exemplary_aim.number((kind, "exemplary"), len(lines)), strong)
    best = _best(ranked, wanted, percent=20 if year >= CAPPED_FROM else 35)
    others = [line for line in ranked if line.key not in best]
    codes = dict.fromkeys(best, _code(year, "TSVMTB", "HTXSNV"))
    codes |= {line.key: _code(year, "TSVM", "HTTNV") for line in others[: strong - len(best)]}
    return codes | _weaker(year, others[max(strong - len(best), 0) :], len(lines))


def _ranked(lines: list[Candidate]) -> list[Candidate]:
    return sorted(lines, key=lambda line: (-line.score, line.key))


def _code(year: int, former: str, present: str) -> str:
    return present if year >= 2018 else former


def _best(ranked: list[Candidate], wanted: int, *, percent: int) -> set[int]:
    """The best `wanted` lines, of each group no more than `percent`, rounded down."""
    sizes: dict[int, int] = defaultdict(int)
    for line in ranked:
        sizes[line.group] += 1
    taken: dict[int, int] = defaultdict(int)
    best: set[int] = set()
    for line in ranked:
        if len(best) < wanted and taken[line.group] < sizes[line.group] * percent // 100:
            taken[line.group] += 1
            best.add(line.key)
    return best


def _weaker(year: int, lines: list[Candidate], rated: int) -> dict[int, str]:
    """What is not strong, the better ones first."""
    lowest = round(rated * LOWEST)
    second = len(lines) - lowest if year >= 2018 else min(round(rated * SECOND_LOWEST), len(lines))
    codes = [_code(year, "YK", "KHTNV")] * lowest + ["HTNV"] * max(second, 0)
    worst_first = reversed(lines)
    return {
        line.key: codes[place] if place < len(codes) else "HTTNV" for place, line in enumerate(worst_first)
    }


def member_levels(year: int, lines: list[Candidate], chance: Random) -> dict[int, str]:
    """The level code of each rated member; the group is the grassroots organization."""
    ranked = _ranked(lines)
    well = AIMS[year][MEMBER_AIM].number(("member", "well"), len(lines))
    lowest = round(len(lines) * LOWEST / 2)
    codes = {line.key: "HTTNV" for line in ranked[:well]}
    codes |= {line.key: "HTNV" for line in ranked[well:]}
    codes |= {line.key: "KHTNV" for line in ranked[max(well, len(lines) - lowest) :]}
    return codes | dict.fromkeys(_excellent(ranked[:well], chance), "HTXSNV")


def _excellent(well: list[Candidate], chance: Random) -> list[int]:
    """At most 20% of those left at HTTNV: a sixth of all who did well, in each group."""
    by_group: dict[int, list[int]] = defaultdict(list)
    for line in well:
        by_group[line.group].append(line.key)
    return [key for keys in by_group.values() for key in keys[: int(len(keys) / 6 * chance.uniform(0.6, 1))]]


def self_rated(level: str, ladder: list[str], chance: Random) -> str | None:
    """What the organization or member had rated itself: mostly the same, at times one better,
    seldom one lower."""
    fate, place = chance.random(), ladder.index(level)
    if fate < 0.03:
        return None
    if fate >= 0.996:
        return ladder[min(place + 1, len(ladder) - 1)]
    return ladder[max(place - 1, 0)] if fate < 0.14 else level
