"""What is an officer's or clerk's to do in a year, each with the address where it is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.roster.facts import whole_review
from assessments.roster.models.line import RatedLine, RatedLineQuerySet
from assessments.roster.models.tallies import RATED, Subject
from assessments.roster.progress import Progress
from resolution03.lib.figures import number

MEMBERS = Subject.MEMBER.list


@dataclass(frozen=True, slots=True)
class Task:
    icon: str
    title: str
    detail: str
    url: str


def tasks(year: int, lists: Mapping[str, Progress], owed: Mapping[str, int]) -> list[Task]:
    """Returned rows first, then blank ones, then those that need a reason; a list each."""
    returned = {name: part.returned for name, part in lists.items()}
    blank = {name: part.blank for name, part in lists.items()}
    return [
        *_tasks(
            year,
            returned,
            "returned",
            "reply",
            lambda n: ngettext("Answer %(n)s returned row", "Answer %(n)s returned rows", n),
        ),
        *_tasks(
            year,
            blank,
            "blank",
            "pencil",
            lambda n: ngettext(
                "Rate %(n)s blank row, or write why not", "Rate %(n)s blank rows, or write why not", n
            ),
        ),
        *_tasks(
            year,
            owed,
            "owed",
            "exclamation-triangle-fill",
            lambda n: ngettext("Write the reason for %(n)s row", "Write the reasons for %(n)s rows", n),
        ),
    ]


def _tasks(year: int, counts: Mapping[str, int], name: str, icon: str, words) -> Iterable[Task]:
    for subject, label in RATED.items():
        if count := counts.get(subject.list, 0):
            address = reverse("assessments:entry", args=[year, subject.list])
            title = words(count) % {"n": number(count)}
            yield Task(icon, title, str(label), f"{address}?filter={name}")


def owed_reasons(year, organizations: RatedLineQuerySet, members: RatedLineQuerySet) -> dict[str, int]:
    """How many rows of each list still need a written reason; a fixed number of queries."""
    of_organizations, of_members = whole_review(year, organizations, members)
    owed = {MEMBERS: len(of_members.unexplained)}
    kinds = organizations.filter(pk__in=of_organizations.unexplained).order_by()
    for kind in kinds.values_list("kind", flat=True):
        owed[kind] = owed.get(kind, 0) + 1
    return owed


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    name: str
    place: str
    reason: str
    url: str


def returned_rows(
    year: int, organizations: RatedLineQuerySet, members: RatedLineQuerySet, most: int
) -> list[ReturnedRow]:
    """The first `most` rows that the Board gave back and nobody has mended, with their reasons."""
    lines: list[RatedLine] = list(organizations.to_answer().with_names()[:most])
    back = members.to_answer().with_names()
    lines += back[: most - len(lines)]
    return [
        ReturnedRow(
            line.name,
            _("member, %(cell)s") % {"cell": line.place} if line.is_member else line.place,
            line.return_reason,
            reverse("assessments:entry_row", args=[year, Subject(line.subject).list, line.pk]),
        )
        for line in lines
    ]
