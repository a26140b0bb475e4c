"""Times sides in turn in one process, and prints them as one table."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

_UNCOUNTED = ("django_session", "accounts_user", "orgs_posting", "SAVEPOINT", "BEGIN")


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that is timed, in milliseconds; `processor`: the least processor time of a call,
    which other work on the machine moves least."""

    name: str
    times: tuple[float, ...]
    processor: float

    @property
    def median(self) -> float:
        return median(self.times)


def in_turn(
    sides: dict[str, Callable[[], object]], runs: int, repeat: int = 1, *, warm_up: bool = True
) -> list[Side]:
    """Each run times every side once (the mean of `repeat` calls), after one call to warm up."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
    for call in sides.values() if warm_up else ():
        call()
    for _ in range(runs):
        for name, call in sides.items():
            times[name].append(_milliseconds(call, repeat))
    return [
        Side(name, tuple(wall for wall, _ in taken), min(own for _, own in taken))
        for name, taken in times.items()
    ]


def _milliseconds(call: Callable[[], object], repeat: int) -> tuple[float, float]:
    """By the clock, and of the processor for this process."""
    begin, own = time.perf_counter(), time.process_time()
    for _ in range(repeat):
        call()
    spent = time.perf_counter() - begin, time.process_time() - own
    return spent[0] * 1000 / repeat, spent[1] * 1000 / repeat


def statements(call: Callable[[], object]) -> int:
    """How many statements a call takes, without those for session, user and posting."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return sum(not any(word in query["sql"] for word in _UNCOUNTED) for query in captured.captured_queries)


def table(title: str, sides: list[Side], *, to: str, lines: tuple[str, ...] = ()) -> str:
    """Median and range of each side, its least processor time, and their ratios to the side `to`."""
    base = next(side for side in sides if side.name == to)
    rows = [
        f"| {side.name} | {side.median:.2f} | {min(side.times):.2f}-{max(side.times):.2f} "
        f"| {side.median / base.median:.2f}x | {side.processor:.2f} "
        f"| {side.processor / base.processor:.2f}x |"
        for side in sides
    ]
    head = [
        f"\n{title}\n",
        f"| side | median ms | range | x {to} | processor, least ms | x |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    return "\n".join([*head, *rows, *(f"\n{line}" for line in lines)])
