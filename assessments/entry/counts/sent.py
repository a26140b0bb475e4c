"""What someone typed as one count, and what became of it."""

from dataclasses import dataclass

from assessments.entry.counts.stored import BLANK, PAPER, Stored

SAVED, CONFLICT, REFUSED = "saved", "conflict", "refused"


@dataclass(frozen=True, slots=True)
class Sent:
    """What someone typed as one count: of a line, of a unit of its submission; `mark`: of what they saw.
    `count` and `reason` are None where they were not touched. `is_paper`: the total on the paper of an
    organization, whose key `pk` is then."""

    pk: int
    code: str
    mark: str
    count: str | None = None
    reason: str | None = None
    is_paper: bool = False

    @property
    def key(self) -> str:
        return f"{PAPER * self.is_paper}{self.pk}:{self.code}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of it, and how it stands now."""

    pk: int
    key: str
    state: str
    stored: Stored = BLANK
    why: str = ""

    @property
    def is_count(self) -> bool:
        """Not the total on a paper."""
        return not self.key.startswith(PAPER)
