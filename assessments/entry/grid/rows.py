"""The rows of a list, read as values: two thousand of them in two queries."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from assessments.entry.grid.places import Place
from assessments.entry.grid.texts import owed_words
from assessments.entry.tags import clock
from assessments.roster.models.line import RatedLineQuerySet
from assessments.rules.recent import is_recent
from assessments.rules.year_rules import LevelRule

_RATING = (
    "pk",
    "version",
    "grassroots_id",
    "unit_id",
    "self_rated_id",
    "proposed_id",
    "decided_id",
    "reason",
    "note",
    "return_reason",
    "returned_version",
    "updated_at",
    "accepted",
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A state as it is shown: colour, shape and words."""

    kind: str
    icon: str
    label: str


@dataclass(slots=True)
class Row:
    """One line as the grid shows it; levels are those of the year, `last` is last year's code.

    `who` is the organization or member, `owed` the soft rule that still asks for a reason; `is_recent`:
    admitted too late in the year to be rated, `suggested`: the reason that then stands there by itself,
    which is not stored.
    """

    number: int
    pk: int
    who: int
    version: int
    group: int | None
    unit: int
    code: str
    name: str
    subject: str
    place: Place | None
    is_exempt: bool
    is_recent: bool
    awarded: bool
    self_rated: LevelRule | None
    proposed: LevelRule | None
    decided: LevelRule | None
    reason: str
    note: str
    return_reason: str
    is_mended: bool
    updated_at: datetime | None
    accepted: bool
    last: str = ""
    last_rank: int | None = None
    disciplined: int = 0
    owed: str = ""
    suggested: str = ""

    @property
    def is_to_answer(self) -> bool:
        """Returned, and nobody has written into it since."""
        return bool(self.return_reason) and not self.is_mended

    @property
    def is_blank(self) -> bool:
        return not (self.decided or self.reason or self.is_exempt)

    @property
    def text(self) -> str:
        """The one text of the last column: the reason when not rated, else the note."""
        return self.note if self.decided else self.reason

    @property
    def state(self) -> Sign | None:
        """The state as stored; the script says the same of a row that nobody has touched."""
        if self.is_exempt:
            return Sign("none", "dash-lg", _("Exempt, not rated"))
        if self.accepted:
            return Sign("met", "lock", _("Accepted"))
        if self.is_to_answer:
            return Sign("unmet", "reply", _("Returned: {why}").format(why=self.return_reason))
        if self.is_blank:
            return Sign("none", "dash-lg", _("Blank"))
        said = [_("Saved {at}").format(at=clock(self.updated_at))] if self.updated_at else []
        if self.is_mended:
            said.append(_("mended, waits to be sent again"))
        if self.owed:
            words = "; ".join([*said, owed_words()[self.owed]])
            return Sign("unmet", "exclamation-triangle-fill", words)
        return Sign("met", "check-lg", "; ".join(said)) if said else None


def read_rows(
    lines: RatedLineQuerySet,
    levels: list[LevelRule],
    places: dict[int, Place],
    year: int,
    *,
    ranked: bool,
) -> list[Row]:
    """The rows of `lines` in the office's order, with last year's levels; `ranked`: those compare
    with this year's."""
    model = lines.model
    face = (f"{model.listed}_id", model.code_path, model.name_path, model.above_path)
    by_id = {level.id: level for level in levels}
    last = _last_levels(lines, year - 1, ranked)
    told = (model.subject_at, model.exempt, model.admitted_at, model.awarded_at)
    found = lines.in_office_order().values_list(*_RATING, *face, *told)
    return [_row(number, values, by_id, places, last, year) for number, values in enumerate(found, start=1)]


def _row(number, values, by_id, places, last, year) -> Row:
    (
        pk,
        version,
        group,
        unit,
        self_rated,
        proposed,
        decided,
        reason,
        note,
        returned,
        returned_version,
        at,
        accepted,
        who,
        code,
        name,
        above,
        *told,
    ) = values
    subject, is_exempt, admitted_on, awarded = told
    last_code, last_rank = last.get(who, ("", None))
    return Row(
        number,
        pk,
        who,
        version,
        group,
        unit,
        code,
        name,
        subject,
        places.get(above),
        is_exempt,
        admitted_on is not None and is_recent(year, admitted_on),
        awarded,
        by_id.get(self_rated),
        by_id.get(proposed),
        by_id.get(decided),
        reason,
        note,
        returned,
        bool(returned) and version > returned_version,
        at,
        accepted,
        last_code,
        last_rank,
    )


def _last_levels(lines: RatedLineQuerySet, year: int, ranked: bool) -> dict[int, tuple[str, int | None]]:
    """Decided levels of that year of those listed, whichever unit they stood in."""
    key = f"{lines.model.listed}_id"
    rated = lines.model.objects.filter(
        **{
            "year": year,
            "dropped": False,
            "decided__isnull": False,
            f"{key}__in": lines.order_by().values(key),
        }
    )
    rows = rated.order_by().values_list(key, "decided__code", "decided__rank")
    return {who: (code, rank if ranked else None) for who, code, rank in rows}
