"""The reasons for which somebody is not rated, as one list of one year offers them."""

from dataclasses import dataclass

from assessments.rules.models.reasons import Known, UnratedReason
from assessments.rules.models.schemes import RatedSubject


@dataclass(frozen=True, slots=True)
class Reasons:
    """`offered` in the Board's order; `recent` stands by itself where a member was admitted less than six
    months before 31 December, "" where the Board offers none."""

    offered: tuple[str, ...] = ()
    recent: str = ""


def reasons_of(year: int, subject: str) -> Reasons:
    """The Board's list for `organization` or `member` in a year; one query."""
    whose = "for_members" if subject == RatedSubject.MEMBER else "for_organizations"
    rows = UnratedReason.objects.filter(is_offered=True, **{whose: True})
    holding = [row for row in rows if (row.first_year or year) <= year]
    recent = next((row.text for row in holding if row.known == Known.RECENT), "")
    return Reasons(tuple(row.text for row in holding), recent)
