"""How many decisions on discipline each year brought: a few, and zero where none was made."""

from collections.abc import Collection, Iterator
from random import Random

from assessments.roster.models.discipline import CELLS, Discipline
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear
from resolution03.lib import bulk

CASES = ("member_reprimand", "member_reprimand", "member_warning", "member_warning", "member_expulsion")
OF_COMMITTEE = "committee_any"
SHARE_OF_CELLS, SHARE_OF_COMMITTEES = 0.015, 0.004


def count(year: RatingYear, units: Collection[int], chance: Random) -> None:
    """Counts of the grassroots organizations of `units`, and of cells where there was a case."""
    lines = OrganizationLine.objects.filter(year=year, unit__in=units).order_by("pk")
    rows = [
        (pk, *(part.value for part in CELLS[key]), number)
        for pk, kind, form in lines.values_list("pk", "kind", "form")
        for key, number in _counts(kind, form, chance).items()
    ]
    bulk.upsert(Discipline, ("line", "of", "form", "count"), rows)


def _counts(kind: str, form: str, chance: Random) -> dict[str, int]:
    counts = dict.fromkeys(CELLS, 0) if kind == "grassroots" else {}
    return _with_committee(counts | dict(_cases(form, chance)))


def _with_committee(counts: dict[str, int]) -> dict[str, int]:
    """Who was warned was of the committee; of others nobody said so."""
    if counts.get("member_warning"):
        return counts | {OF_COMMITTEE: counts["member_warning"]}
    if counts.get("member_reprimand") or counts.get("member_expulsion"):
        return {key: count for key, count in counts.items() if key != OF_COMMITTEE}
    return counts


def _cases(form: str, chance: Random) -> Iterator[tuple[str, int]]:
    if form == "cell" and chance.random() < SHARE_OF_CELLS:
        yield chance.choice(CASES), chance.choice((1, 1, 1, 2))
    if form != "cell" and chance.random() < SHARE_OF_COMMITTEES:
        yield "organization_reprimand", 1
