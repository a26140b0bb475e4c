"""Reports are declarations: a slug, a title, and the forms of the workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import stores_names
from assessments.reports.building import workbook
from assessments.reports.building.matter import Matter
from assessments.reports.building.sheets import named, whole
from assessments.reports.building.sources import Sheet
from assessments.reports.sheets import blanks, flat, lists, persons, same_basis
from assessments.rules.models.years import RatingYear, Submission
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
    `about`: what it holds, in a few words.
    """

    slug: str
    title: Any
    group: Group
    build: Callable[[Matter], bytes]
    is_of_persons: bool = False
    suffix: str = ".xlsx"
    about: Any = ""

    @property
    def is_workbook(self) -> bool:
        """Workbooks have a control sheet, and leave only when it agrees."""
        return self.suffix == ".xlsx"


def _of_forms(
    slug: str,
    title: Any,
    about: Any,
    words: str,
    *keys: str,
    group: Group = Group.FORMS,
    forms: Callable[[], list[Sheet]] | None = None,
) -> Report:
    """A report of the forms of `keys`, or of what `forms` finds; `words` head the file's properties, in
    which the default set of targets is {name}."""
    build = partial(workbook.of_forms, title=words, forms=forms or partial(named, *keys))
    return Report(slug, title, group, build, about=about)


def _of_persons(slug: str, title: Any, about: Any, listed: persons.PersonList) -> Report:
    return Report(slug, title, Group.PERSONS, listed.build, is_of_persons=True, about=about)


REPORTS: tuple[Report, ...] = (
    _of_forms(
        "steering-committee",
        _("Report to the Steering Committee"),
        _("target sheet, years, units, numbered forms, all lists of names"),
        "Báo cáo Ban Chỉ đạo {name}",
        group=Group.WHOLE,
        forms=whole,
    ),
    _of_forms(
        "return",
        _("A unit's return on one page, to be signed"),
        _("all totals of one unit, or of the province"),
        "Báo cáo của đơn vị",
        "return",
        group=Group.WHOLE,
    ),
    _of_forms(
        "targets",
        _("Target sheet"),
        _("each target, both readings, the years before, by unit"),
        "Biểu mục tiêu",
        "targets",
        "years",
        "units",
    ),
    _of_forms(
        "grassroots",
        _("Form 01: grassroots organizations"),
        _("levels, not rated and why, targets, cap"),
        "Biểu 01",
        "grassroots",
    ),
    _of_forms(
        "affiliated",
        _("Form 02: affiliated organizations"),
        _("levels, not rated and why, target, cap"),
        "Biểu 02",
        "affiliated",
    ),
    _of_forms(
        "members",
        _("Form 03: members"),
        _("levels, exempt, suspended, not rated, target"),
        "Biểu 03",
        "member",
    ),
    _of_forms(
        "villages",
        _("Form 04: villages and their heads"),
        _("cells, blank and blank again, heads who are members"),
        "Biểu 04",
        "villages",
    ),
    _of_forms(
        "movements",
        _("Form 05: admissions and leavings"),
        _("opening + in − out = closing, admissions of the term"),
        "Biểu 05",
        "movements",
    ),
    _of_forms(
        "changes",
        _("Form 06: changes of organizations and villages"),
        _("founded, split, merged, moved, renamed, with the decision; part B: villages"),
        "Biểu 06",
        "changes",
        "village_changes",
    ),
    _of_forms(
        "progress",
        _("Form 07: progress of submissions"),
        _("rated of total, when submitted, days late, accepted"),
        "Biểu 07",
        "progress",
    ),
    _of_forms(
        "tasks",
        _("Form 08: tasks and measures of part II"),
        _("what was done, with its whole and share, by unit; on several sheets"),
        "Biểu 08",
        "tasks",
    ),
    _of_forms(
        "inspection",
        _("Form 09: inspection, supervision, discipline"),
        _("planned and done, by whom, of whom; discipline by form"),
        "Biểu 09",
        "inspection",
    ),
    _of_forms(
        "organized",
        _("Form 10: programmes, plans, reviews, training"),
        _("number and day, reviews held, contests, classes and persons trained"),
        "Biểu 10",
        "organized",
    ),
    _of_forms(
        "shortfalls",
        _("Lists of names behind the figures"),
        _("organizations and villages behind each shortfall, over the cap with reasons"),
        "Danh sách kèm theo",
        forms=lists.sheets,
    ),
    _of_forms(
        "years",
        _("Several years side by side"),
        _("every target of ten years, with a mark where years cannot be compared"),
        "Các năm",
        "years",
        group=Group.YEARS,
    ),
    _of_forms(
        "same-basis",
        _("Ten years by the units of today"),
        _("summed anew from the lists, where old bodies went whole; not what was reported"),
        "Các năm theo đơn vị hiện nay",
        group=Group.YEARS,
        forms=same_basis.sheets,
    ),
    Report(
        "flat",
        _("Flat table of all years, for pivots"),
        Group.YEARS,
        flat.build,
        about=_("a row per year, unit and level; a row per year, unit, period and count"),
    ),
    Report(
        "blank",
        _("All forms without figures"),
        Group.BLANK,
        blanks.build,
        about=_("headings and numbered rows, to be filled by hand"),
    ),
    _of_persons("members-list", _("Members of the roster"), _("cell, dates, level"), persons.MEMBERS),
    _of_persons("not-rated-members", _("Members not rated"), _("with the reason"), persons.NOT_RATED),
    _of_persons("admitted", _("Members admitted in the year"), _("by day"), persons.ADMITTED),
    _of_persons("left", _("Members who left in the year"), _("by day, with the reason"), persons.LEFT),
)
BY_SLUG = {report.slug: report for report in REPORTS}


def held() -> list[Report]:
    """The reports of this installation: none of persons where no names are stored."""
    return [report for report in REPORTS if stores_names() or not report.is_of_persons]


def find(slug: str | None) -> Report | None:
    """A report of this installation by its slug."""
    return next((report for report in held() if report.slug == slug), None)


def matter_of(year: RatingYear, scope: Organization, unit: Submission | None) -> Matter:
    """What a report of `year` speaks of; `scope` is the province, or the unit's organization."""
    return Matter(year, scope, unit, timezone.now())


def file_name(report: Report, year: RatingYear, unit: Submission | None) -> str:
    """`steering-committee-2018-DH.xlsx`."""
    parts = [report.slug, str(year.pk), *([unit.code] if unit else [])]
    return "-".join(parts).replace("/", "-") + report.suffix
