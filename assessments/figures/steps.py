"""What a start page lists to be done, in order, each with the place where it is done."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. Without `url` it cannot be done yet, and `detail` says when it can."""

    title: str
    detail: str
    url: str = ""
    button: str = ""
    icon: str = "pencil"

    @property
    def is_later(self) -> bool:
        return not self.url


def with_first(steps: Iterable[Step]) -> list[tuple[Step, bool]]:
    """Each step, and whether it is the first that can be done."""
    found = list(steps)
    first = next((step for step in found if not step.is_later), None)
    return [(step, step is first) for step in found]
