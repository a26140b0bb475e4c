"""What an act will do, as it is shown before it is done: in sentences, figures before and after, lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Protocol

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessments.figures.changes import FigureChange
from assessments.figures.foreseen import Foreseen
from assessments.registers.preview import lines
from assessments.registers.preview.lines import YearLines
from assessments.roster.standing import will_be_asked
from assessments.rules.models.years import Submission
from orgs.models import Organization
from orgs.scoping import posted_organization
from orgs.trail import ReadEntry
from resolution03.lib.figures import number


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """The figures of the province or of a unit that change in a year."""

    year: int
    place: str
    changes: list[FigureChange]


class Detail(Protocol):
    """Tables that one act alone shows: the template that draws them, as `detail`, and all that they say."""

    @property
    def template(self) -> str: ...

    def told(self) -> Iterable[object]: ...


@dataclass(frozen=True, slots=True)
class Preview:
    """`doubts`: what is probably not meant; `sentences`: what will follow; `entries`: what is written of
    the record itself. `is_text`: nothing changes on which a list or a figure rests."""

    doubts: Sequence[str] = ()
    sentences: Sequence[str] = ()
    entries: Sequence[ReadEntry] = ()
    figures: Sequence[PlaceFigures] = ()
    years: Sequence[YearLines] = ()
    is_text: bool = True
    detail: Detail | None = None
    spoken: str = field(default_factory=lambda: get_language() or "")

    @property
    def key(self) -> str:
        """Stands for what is shown: with anything else it is shown again."""
        told = "\n".join(self._told())
        return blake2b(told.encode(), digest_size=8).hexdigest()

    def _told(self) -> Iterator[str]:
        yield from map(str, (*self.doubts, *self.sentences, *(self.detail.told() if self.detail else ())))
        for read in self.entries:
            yield f"{read.action} {read.kind} {read.values}"
        for place in self.figures:
            for change in place.changes:
                yield f"{place.year} {place.place} {change.words.name} {change.shown}"
        for year in self.years:
            for group in year.groups:
                yield f"{year.year} {group.what} {group.becomes} {group.count} {group.names}"


def seen_units(user) -> set[int] | None:
    """The units of which a preview tells the user; None: all."""
    place = posted_organization(user)
    if place is None:
        return set()
    return None if place.parent_id is None else {place.unit_id} - {None}


def asked_of_the_board(submissions: Iterable[Submission], user) -> list[str]:
    """Where the Board will have to say its word again, as far as the user sees the units."""
    units = seen_units(user)
    return [will_be_asked(one) for one in submissions if units is None or one.unit_id in units]


def figures_of(foreseen: Foreseen, units: set[int] | None) -> list[PlaceFigures]:
    """Of the province, and of the units concerned that the reader sees; only what changes."""
    concerned = foreseen.units if units is None else foreseen.units & units
    rows = Organization.objects.filter(pk__in=concerned).order_by("position", "pk")
    names = dict(rows.values_list("pk", "name"))
    places: list[tuple[int | None, str]] = [(None, _("Whole province")), *names.items()]
    found = (
        PlaceFigures(year.pk, name, list(filter(_is_seen, foreseen.figures(year.pk, unit))))
        for year in foreseen.years
        for unit, name in places
    )
    return [one for one in found if one.changes]


def _is_seen(change: FigureChange) -> bool:
    """Whether the figure itself or its verdict changes, not only how many are not rated yet."""
    before, after = change.shown
    return any(before[name] != after[name] for name in ("value", "fraction", "needed", "standing"))


def preview_of(
    foreseen: Foreseen,
    user,
    *,
    doubts: Iterable[str] = (),
    sentences: Iterable[str] = (),
    entries: Sequence[ReadEntry] = (),
    detail: Detail | None = None,
) -> Preview:
    """What the user is shown; within the transaction in which the act was done."""
    units, change = seen_units(user), foreseen.change
    figures = figures_of(foreseen, units)
    return Preview(
        tuple(doubts),
        (*sentences, *_dropped(change.dropped, units)),
        entries,
        figures,
        lines.by_year(change.lines, units, user),
        is_text=not figures and not lines.is_seen(change.lines),
        detail=detail,
    )


def _dropped(dropped, units: set[int] | None) -> Iterator[str]:
    count = sum(units is None or line.unit_id in units for line in dropped)
    if count:
        yield ngettext(
            "%(n)s rated line leaves the lists of open years and is kept apart.",
            "%(n)s rated lines leave the lists of open years and are kept apart.",
            count,
        ) % {"n": number(count)}
