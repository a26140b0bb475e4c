"""The names behind a figure: which lines, how they are searched, and what a row shows.

The page and the workbook take the same lines and the same cells.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.figures.board import Figure
from assessments.figures.indicators import LevelShare, rows
from assessments.roster.models.lines import HeadState, MemberLine, OrganizationLine
from assessments.roster.models.tallies import Subject
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.year_rules import YearRules
from resolution03.lib.figures import number, plain
from resolution03.lib.text import fold

PARTS = ("met", "missed", "unrated")
PERSONAL = {Subject.MEMBER, Subject.ADMISSION}
"""Subjects whose lists are persons."""

_SEARCHED = {
    Subject.GRASSROOTS: "organization__search_key",
    Subject.AFFILIATED: "organization__search_key",
    Subject.MEMBER: "member__search_key",
    Subject.ADMISSION: "member__search_key",
    Subject.HEAD: "village__search_key",
    Subject.VILLAGE: "village__search_key",
}
_JOINED = {
    Subject.GRASSROOTS: ("self_rated", "decided"),
    Subject.AFFILIATED: ("self_rated", "decided", "grassroots"),
    Subject.MEMBER: ("self_rated", "decided", "member", "cell"),
    Subject.ADMISSION: ("member", "cell"),
    Subject.HEAD: ("committee", "cell", "head"),
    Subject.VILLAGE: ("committee", "cell"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of a figure; `count` is what the figure says of it."""

    part: str
    label: str
    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one looks for: words without diacritics, a unit, a form, how it stood the year before,
    only lines without a level and a reason."""

    words: str = ""
    unit: int | None = None
    form: str = ""
    before: str = ""
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A level as a chip; of an older scheme, as plain text."""

    code: str
    name: str
    rank: int
    is_old: bool

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Change:
    """How a line stands against the year before; `is_lost` when it counted then and not now."""

    words: str
    is_lost: bool = False

    def __str__(self) -> str:
        return self.words


@dataclass
class Row:
    """Cells of one line, in the order of the columns; `name` is its heading."""

    code: str
    name: str
    unit: str = ""
    cells: dict = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: str
    kind: str = "text"


def tabs(figure: Figure) -> list[Tab]:
    """The parts of a figure with their numbers, in words that fit what is counted."""
    labels = _LABELS.get(figure.indicator.subject, _LABELS[None])
    icons = ("check-circle-fill", "exclamation-triangle-fill", "dash-lg")
    return [
        Tab(part, str(label), icon, count)
        for part, label, icon, count in zip(PARTS, labels, icons, parts(figure), strict=True)
        if count is not None
    ]


def parts(figure: Figure) -> tuple[int | None, int | None, int | None]:
    """How many of a figure meet, miss and are not rated; None where a part does not exist."""
    have, subject = figure.numerator or 0, figure.indicator.subject
    if isinstance(figure.indicator, LevelShare):
        return have, figure.denominator - have, figure.roster - figure.rated
    if subject == Subject.HEAD:
        return have, figure.denominator - have, figure.vacant or 0
    if subject == Subject.VILLAGE:
        return have, figure.counts.get((subject, "total"), 0) - have, None
    return have, figure.counts.get((subject, "term_outside"), 0), None


def lines(
    user, figure: Figure, year: RatingYear, rules: YearRules, part: str, chosen: Chosen = Chosen()
) -> QuerySet:
    """The lines behind a part, inside the user's scope, narrowed to what was chosen."""
    subject = figure.indicator.subject
    found = rows(figure.code, year, rules, part).visible_to(user)
    if chosen.unit:
        found = found.filter(unit=chosen.unit)
    if chosen.words:
        found = found.filter(**{f"{_SEARCHED[subject]}__contains": fold(chosen.words)})
    if chosen.form and subject in (Subject.GRASSROOTS, Subject.AFFILIATED):
        found = found.filter(form=chosen.form)
    if chosen.blank and isinstance(figure.indicator, LevelShare):
        found = found.unexplained()
    return found


def narrowed_by_before(found: QuerySet, before: QuerySet) -> QuerySet:
    """Lines of the organizations among the lines `before` of the year before."""
    return found.filter(organization__in=before.values("organization"))


def in_order(found: QuerySet, subject: Subject, *, within_unit: bool) -> QuerySet:
    """In the order of the roster; persons by cell and name within one unit."""
    if subject in PERSONAL and within_unit:
        return found.order_by("cell__position", "member__sort_key", "pk")
    if subject in PERSONAL:
        return found.order_by("pk")
    return found.order_by("position", "pk")


def loaded(found: QuerySet, subject: Subject, first: int, last: int) -> list:
    """The lines from `first` to before `last` with all that a row shows.

    Their keys are found first, so that the rows passed over are joined with nothing.
    """
    keys = list(found.values_list("pk", flat=True)[first:last])
    lines = found.model.objects.filter(pk__in=keys).select_related(*_JOINED[subject]).in_bulk()
    return [lines[key] for key in keys]


def reasons(found: QuerySet) -> list[tuple[str, int]]:
    """Why lines are not rated, with how many of each."""
    if found.model not in (MemberLine, OrganizationLine):
        return []
    has_exempt = found.model is MemberLine
    fields = ("is_exempt", "reason") if has_exempt else ("reason",)
    counted: dict[str, int] = {}
    for *values, count in found.order_by().values_list(*fields).annotate(Count("pk")):
        exempt, reason = values if has_exempt else (False, *values)
        words = _("exempt from party work and meetings") if exempt else reason
        counted[words] = counted.get(words, 0) + count
    return sorted(
        ((words or _("no reason given"), count) for words, count in counted.items()),
        key=lambda row: -row[1],
    )


class Table:
    """Columns and rows of a list, for one year, subject and part."""

    def __init__(
        self,
        figure: Figure,
        part: str,
        units: dict[int, Submission],
        *,
        names: bool,
        all_units: bool,
        before: Figure | None = None,
        is_compared: bool = True,
    ):
        self.figure, self.part, self.units, self.names = figure, part, units, names
        self.all_units, self.before, self.is_compared = all_units, before, is_compared
        self.subject = figure.indicator.subject
        rated = "member" if self.subject == Subject.MEMBER else "organization"
        self._is_old = figure.rules.is_old(rated)

    @property
    def columns(self) -> list[Column]:
        shown = [Column("code", _("Code"), "code"), Column("name", self._name_heading, "name")]
        if self.all_units:
            shown.append(Column("unit", _("Unit")))
        return [*shown, *self._own_columns()]

    @property
    def _name_heading(self) -> str:
        headings = {
            Subject.HEAD: _("Village"),
            Subject.VILLAGE: _("Village"),
            Subject.MEMBER: _("Member"),
            Subject.ADMISSION: _("Member"),
        }
        return headings.get(self.subject, _("Organization"))

    def _own_columns(self) -> Iterable[Column]:
        if self.subject in (Subject.GRASSROOTS, Subject.AFFILIATED):
            if self.subject == Subject.AFFILIATED:
                yield Column("above", _("Grassroots organization"))
            yield from self._rating_columns()
        elif self.subject == Subject.MEMBER:
            yield Column("cell", _("Cell"))
            yield from self._rating_columns()
        elif self.subject == Subject.ADMISSION:
            yield from (Column("cell", _("Cell")), Column("on", _("Admitted"), "day"))
        else:
            yield from (
                Column("committee", _("Committee")),
                Column("cell", _("Cell")),
                Column("head_state", _("Head")),
            )
            if self.names and self.subject == Subject.HEAD:
                yield Column("head", _("Head's name"))
            if self.subject == Subject.VILLAGE:
                yield Column("members", _("Official members"), "number")

    def _rating_columns(self) -> Iterable[Column]:
        year = self.figure.year - 1
        if self.before is not None:
            yield Column("before", _("Year %(year)s") % {"year": year}, "level")
        yield Column("self_rated", _("Self-rated"), "level")
        yield Column("decided", _("Decided"), "level")
        if self.part == "unrated":
            yield Column("reason", _("Reason"))
            return
        if self.before is not None and self.is_compared:
            yield Column("change", _("Against %(year)s") % {"year": year}, "change")
        yield Column("document", _("Document"), "cap")

    def rows(self, found: Iterable, before: dict | None = None) -> list[Row]:
        """`before`: last year's line of each organization or member."""
        make = self._makers()[self.subject]
        return [make(line, (before or {}).get(_thing(line))) for line in found]

    def _makers(self) -> dict[str, Callable]:
        return {
            Subject.GRASSROOTS: self._organization,
            Subject.AFFILIATED: self._organization,
            Subject.MEMBER: self._member,
            Subject.ADMISSION: self._admission,
            Subject.HEAD: self._village,
            Subject.VILLAGE: self._village,
        }

    def _unit(self, line) -> str:
        unit = self.units.get(line.unit_id)
        return unit.name if unit else ""

    def _organization(self, line, before) -> Row:
        cells = self._rating(line, before) | {
            "above": line.grassroots.name if self.subject == Subject.AFFILIATED and line.grassroots else ""
        }
        url = reverse("registers:organization", args=[line.organization_id])
        return Row(line.code, line.name, self._unit(line), cells, url)

    def _member(self, line, before) -> Row:
        cells = self._rating(line, before) | {"cell": line.cell.name}
        if line.is_exempt:
            cells |= {"decided": None, "reason": _("exempt from party work and meetings")}
        return self._person(line, cells)

    def _person(self, line, cells: dict) -> Row:
        url = reverse("registers:member", args=[line.member_id])
        return Row(line.member.code, line.member.full_name, self._unit(line), cells, url)

    def _admission(self, line, before) -> Row:
        return self._person(line, {"cell": line.cell.name, "on": line.on})

    def _village(self, line, before) -> Row:
        cells = {
            "committee": line.committee.name,
            "cell": line.cell.name if line.cell else _("none"),
            "head_state": HeadState(line.head_state).label,
            "head": line.head.full_name if self.names and line.head else "–",
            "members": line.official_members,
        }
        url = reverse("registers:village", args=[line.village_id])
        return Row(line.code, line.name, self._unit(line), cells, url)

    def _rating(self, line, before) -> dict:
        return {
            "self_rated": self._level(line.self_rated),
            "decided": self._level(line.decided),
            "before": self._level(before.decided, old=True) if before else None,
            "change": self._change(line, before),
            "reason": line.reason or _("no reason given"),
            "document": document(line.decision_number, line.decided_on),
        }

    def _level(self, level, *, old: bool = False) -> Level | None:
        if level is None:
            return None
        return Level(level.code, level.name, level.rank, self._is_old or old)

    def _change(self, line, before) -> Change:
        """How the line stood against the same target the year before."""
        if before is None or before.decided is None or self.before is None:
            return Change(_("not rated then"))
        reading = self.before.rules.reading(self.before.indicator.meaning)
        counted_then = bool(reading) and before.decided.code in reading.codes
        return Change(str(CHANGES[counted_then, self.part == "met"]), counted_then and self.part != "met")


CHANGES = {
    (True, True): _t("still counts"),
    (False, True): _t("counts now"),
    (True, False): _t("counts no longer"),
    (False, False): _t("still does not count"),
}
_LABELS = {
    None: (_t("Met"), _t("Not met"), _t("Not rated")),
    Subject.HEAD: (_t("Head is a member"), _t("Head is not a member"), _t("Vacant")),
    Subject.VILLAGE: (_t("In this state"), _t("Not in this state"), ""),
    Subject.ADMISSION: (_t("Admitted in the province"), _t("Admitted outside"), ""),
}


def _thing(line) -> int:
    return getattr(line, "organization_id", None) or getattr(line, "member_id", 0)


def document(decision_number: str, day: date | None) -> str:
    """`117-QĐ/HU, 11/12/2018`."""
    return ", ".join(part for part in (decision_number, f"{day:%d/%m/%Y}" if day else "") if part)


def arithmetic(figure: Figure) -> str:
    """The comparison on whole numbers: `24 × 100 = 2.400 < 50 × 49 = 2.450`."""
    if figure.target is None or not figure.denominator or figure.numerator is None:
        return ""
    have, wanted = figure.numerator * 100, figure.target * figure.denominator
    sign = "=" if have == wanted else ("<" if have < wanted else ">")
    return (
        f"{number(figure.numerator)} × 100 = {number(have)} {sign} "
        f"{plain(figure.target)} × {number(figure.denominator)} = {plain(wanted)}"
    )


def lines_before(user, year: RatingYear | None, subject: Subject, found: Iterable) -> dict[int, object]:
    """Last year's lines of the organizations or members shown, one query."""
    if year is None or subject not in (Subject.GRASSROOTS, Subject.AFFILIATED, Subject.MEMBER):
        return {}
    things = [_thing(line) for line in found]
    model = MemberLine if subject == Subject.MEMBER else OrganizationLine
    key = "member" if subject == Subject.MEMBER else "organization"
    past = model.objects.visible_to(user).filter(year=year, **{f"{key}__in": things})
    return {_thing(line): line for line in past.select_related("decided")}
