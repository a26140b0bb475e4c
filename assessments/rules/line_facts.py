"""What is known of a line when it is reviewed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line in numbers: ranks count from 1, the best; None where there is no level.

    `grassroots` and `unit` are where a cap on it is counted, `organization` and `type_label` with which
    like bodies (None and empty of a member). `asks_discipline`: its level is one beside which discipline
    asks in the year. `disciplined`: how many decisions that count the year brought in it and below it; 0
    when nobody gave a count. `is_recent`: admitted too late in the year to be rated.
    """

    id: int
    subject: str
    unit: int
    grassroots: int | None
    decided: str
    decided_rank: int | None
    self_rank: int | None
    last_rank: int | None
    has_reason: bool
    has_note: bool
    is_exempt: bool = False
    asks_discipline: bool = False
    disciplined: int = 0
    organization: int | None = None
    type_label: str = ""
    is_recent: bool = False

    @property
    def is_blank(self) -> bool:
        return self.decided_rank is None and not self.has_reason and not self.is_exempt

    @property
    def is_exempt_and_rated(self) -> bool:
        """Rated before the register said that the member is exempt."""
        return self.is_exempt and bool(self.decided or self.self_rank)
