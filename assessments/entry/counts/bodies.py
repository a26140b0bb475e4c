"""Whose counts are written: lines of the roster, or a unit, behind one face."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.counts import CountLevel
from assessments.rules.models.years import Submission
from orgs.models import Form

OF_LEVEL: Mapping[str, Mapping[str, str]] = {
    CountLevel.GRASSROOTS: {"kind": Kind.GRASSROOTS},
    CountLevel.CELL: {"form": Form.CELL},
}
"""Which lines of the roster stand at a level."""


@dataclass(frozen=True, slots=True)
class Body:
    """An organization whose counts are written; `row`: its line, of a unit its submission."""

    pk: int
    row: Model
    year_id: int
    organization_id: int
    grassroots_id: int | None
    unit_id: int
    code: str
    accepted: bool = False
    dropped: bool = False
    is_exempt: bool = False


def held(found: QuerySet, year: int, level: str, ids: Iterable[int]) -> dict[int, Body]:
    """The bodies of `ids` among `found`, lines or submissions that the writer sees; locked."""
    rows = found.filter(year=year, pk__in=list(ids), **OF_LEVEL.get(level, {}))
    locked = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    return {row.pk: of_unit(row) if level == CountLevel.UNIT else of_line(row) for row in locked}


def of_line(line: OrganizationLine) -> Body:
    above = line.grassroots_id
    return Body(
        line.pk, line, line.year_id, line.organization_id, above, line.unit_id, line.code,
        line.accepted, line.dropped,
    )  # fmt: skip


def of_unit(submission: Submission) -> Body:
    unit = submission.unit_id
    return Body(submission.pk, submission, submission.year_id, unit, None, unit, submission.code)
