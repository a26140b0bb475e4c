"""Reports are declarations: a slug, a title, and the forms of the workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import RatingYear, Submission
from assessments.reports import blanks, flat, lists, workbook
from assessments.reports.matter import Matter
from assessments.reports.sheets import WHOLE
from orgs.models import Organization


class Group(models.TextChoices):
    """Under which heading the page lists a report."""

    WHOLE = "whole", _("Whole reports")
    FORMS = "forms", _("Single forms")
    YEARS = "years", _("Several years")
    BLANK = "blank", _("Blank forms")
    PERSONS = "persons", _("Lists of persons")


@dataclass(frozen=True, slots=True)
class Report:
    """`build` gives the bytes of a file; `slug` names it in addresses and commands.

    `is_of_persons`: it names persons, and leaves only for those who may see them, with a purpose.
    """

    slug: str
    title: Any
    group: Group
    build: Callable[[Matter], bytes]
    is_of_persons: bool = False
    suffix: str = ".xlsx"


def _of_forms(slug: str, title: Any, words: str, *keys: str, group: Group = Group.FORMS) -> Report:
    """A report of forms; `words` head the file's properties."""
    return Report(slug, title, group, partial(workbook.of_forms, title=words, keys=keys))


REPORTS: tuple[Report, ...] = (
    _of_forms(
        "steering-committee", _("Report to the Steering Committee"),
        "Báo cáo Ban Chỉ đạo Nghị quyết 03-NQ/TU", *(sheet.key for sheet in WHOLE),
        group=Group.WHOLE,
    ),
    _of_forms(
        "return", _("A unit's return on one page, to be signed"), "Báo cáo của đơn vị", "return",
        group=Group.WHOLE,
    ),
    _of_forms("targets", _("Target sheet"), "Biểu mục tiêu", "targets", "years",
              "units"),
    _of_forms("grassroots", _("Form 01: grassroots organizations"), "Biểu 01", "grassroots"),
    _of_forms("affiliated", _("Form 02: affiliated organizations"), "Biểu 02", "affiliated"),
    _of_forms("members", _("Form 03: members"), "Biểu 03", "member"),
    _of_forms("villages", _("Form 04: villages and their heads"), "Biểu 04", "villages"),
    _of_forms("movements", _("Form 05: admissions and leavings"), "Biểu 05", "movements"),
    _of_forms("changes", _("Form 06: changes of organizations"), "Biểu 06", "changes"),
    _of_forms("progress", _("Form 07: progress of submissions"), "Biểu 07", "progress"),
    _of_forms(
        "shortfalls", _("Lists of names behind the figures"), "Danh sách kèm theo",
        *(sheet.key for sheet in lists.SHEETS),
    ),
    _of_forms("years", _("Several years side by side"), "Các năm", "years", group=Group.YEARS),
    Report("flat", _("Flat table of all years, for pivots"), Group.YEARS, flat.build),
    Report("blank", _("All forms without figures"), Group.BLANK, blanks.build),
)
BY_SLUG = {report.slug: report for report in REPORTS}


def matter_of(year: RatingYear, scope: Organization, unit: Submission | None) -> Matter:
    """What a report of `year` speaks of; `scope` is the province, or the unit's organization."""
    return Matter(year, scope, unit, timezone.now())


def file_name(report: Report, year: RatingYear, unit: Submission | None) -> str:
    """`steering-committee-2018-DH.xlsx`."""
    parts = [report.slug, str(year.pk), *([unit.code] if unit else [])]
    return "-".join(parts).replace("/", "-") + report.suffix
