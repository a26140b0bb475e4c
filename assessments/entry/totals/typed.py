"""One cell of the grid of totals, as it was typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typed:
    """One cell of the typed grid; `seen`: what the page showed, `count` None clears it."""

    subject: str
    key: str
    seen: int | None
    count: int | None
