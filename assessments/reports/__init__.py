"""Reports are declarations: a slug, a title, and the forms of the workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import RatingYear, Submission
from assessments.reports import workbook
from assessments.reports.matter import Matter
from assessments.reports.sheets import SHEETS
from orgs.models import Organization


@dataclass(frozen=True, slots=True)
class Report:
    """`build` gives the bytes of a file; `slug` names it in addresses and commands.

    `is_of_persons`: it names persons, and leaves only for those who may see them.
    """

    slug: str
    title: Any
    build: Callable[[Matter], bytes]
    is_of_persons: bool = False
    suffix: str = ".xlsx"


def _of_forms(slug: str, title: Any, words: str, *keys: str) -> Report:
    """A report of forms; `words` head the file's properties."""
    return Report(slug, title, partial(workbook.of_forms, title=words, keys=keys))


REPORTS: tuple[Report, ...] = (
    _of_forms(
        "steering-committee", _("Report to the Steering Committee"),
        "Báo cáo Ban Chỉ đạo Nghị quyết 03-NQ/TU", *SHEETS,
    ),
)
BY_SLUG = {report.slug: report for report in REPORTS}


def matter_of(year: RatingYear, scope: Organization, unit: Submission | None) -> Matter:
    """What a report of `year` speaks of; `scope` is the province, or the unit's organization."""
    return Matter(year, scope, unit, timezone.now())


def file_name(report: Report, year: RatingYear, unit: Submission | None) -> str:
    """`steering-committee-2018-DH.xlsx`."""
    parts = [report.slug, str(year.pk), *([unit.code] if unit else [])]
    return "-".join(parts).replace("/", "-") + report.suffix
