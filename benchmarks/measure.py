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
    """One thing that is timed, in milliseconds."""

    name: str
    times: tuple[float, ...]
    note: str = ""

    @property
    def median(self) -> float:
        return median(self.times)


def in_turn(
    sides: dict[str, Callable[[], object]], runs: int, repeat: int = 1, *, warm_up: bool = True
) -> list[Side]:
    """Each run times every side once (the mean of `repeat` calls), after one call to warm up."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for call in sides.values() if warm_up else ():
        call()
    for _ in range(runs):
        for name, call in sides.items():
            times[name].append(_milliseconds(call, repeat))
    return [Side(name, tuple(taken)) for name, taken in times.items()]


def _milliseconds(call: Callable[[], object], repeat: int) -> float:
    begin = time.perf_counter()
    for _ in range(repeat):
        call()
    return (time.perf_counter() - begin) * 1000 / repeat


def statements(call: Callable[[], object]) -> int:
    """How many statements a call takes, without those for session, user and posting."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return sum(
        not any(word in query["sql"] for word in _UNCOUNTED) for query in captured.captured_queries
    )


def table(title: str, sides: list[Side], *, to: str, lines: tuple[str, ...] = ()) -> str:
    """Median and range of each side, and its ratio to the side `to`."""
    base = next(side for side in sides if side.name == to).median
    rows = [
        f"| {side.name} | {side.median:.2f} | {min(side.times):.2f}-{max(side.times):.2f} "
        f"| {side.median / base:.2f}x |"
        for side in sides
    ]
    head = [f"\n{title}\n", f"| side | median ms | range | x {to} |", "| --- | ---: | ---: | ---: |"]
    return "\n".join([*head, *rows, *(f"\n{line}" for line in lines)])
