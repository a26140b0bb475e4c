"""Why a row of a closed year is another by the registers: which act, of which day, entered when."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.roster.models.list_changes import ListChange, Listed
from assessments.rules.models.years import RatingYear
from members.models import Member, VillageHead
from orgs.models import AuditEntry, Organization, Village
from orgs.trail.words import actions
from resolution03.lib.dates import year_end

_MODELS = {Listed.ORGANIZATION: Organization, Listed.MEMBER: Member, Listed.VILLAGE: Village}
_PLACES = ("cell_id", "parent_id", "committee_id", "grassroots_id", "unit_id")
Key = tuple[str, int]
"""The label of a model and a key."""


class Reasons:
    """Of changes that the registers would bring into a year; as many statements for one as for many."""

    def __init__(self, changes: Iterable[ListChange], year: RatingYear):
        self.changes, self.day, self.since = list(changes), year_end(year.pk), year.closed_at

    def of(self, change: ListChange) -> str:
        """In words: `transferred, from 01/07/2018; entered 05/03/2026 after the year was closed`."""
        entry = next((self._entries[key] for key in self._about(change) if key in self._entries), None)
        if entry is None:
            return _("the registers said so before the year was closed")
        told = {
            "what": self._what(entry, change),
            "moment": f"{timezone.localtime(entry.at):%d/%m/%Y}",
            "who": entry.actor_name,
        }
        day = self._day(change) if self._is_own(entry, change) else None
        if day is None:
            return _("%(what)s; entered %(moment)s by %(who)s, after the closing") % told
        told["day"] = f"{day:%d/%m/%Y}"
        return _("%(what)s from %(day)s; entered %(moment)s by %(who)s, after the closing") % told

    def _what(self, entry: AuditEntry, change: ListChange) -> str:
        known = actions().get(entry.action)
        words = str(known.words) if known else entry.action
        return words if self._is_own(entry, change) else f"{entry.object_code} {words}"

    @staticmethod
    def _is_own(entry: AuditEntry, change: ListChange) -> bool:
        model = _MODELS[Listed(change.listed)]
        return (entry.object_type, entry.object_id) == (model._meta.label_lower, change.who)

    @staticmethod
    def _about(change: ListChange) -> list[Key]:
        """The row's own record, its head, then where it stood and stands."""
        label = Organization._meta.label_lower
        states = [values for side in (change.after, change.before) for values in side.values() if values]
        heads = [(VillageHead._meta.label_lower, one["head_id"]) for one in states if one.get("head_id")]
        places = [(label, one[name]) for name in _PLACES for one in states if one.get(name)]
        return [(_MODELS[Listed(change.listed)]._meta.label_lower, change.who), *heads, *places]

    @cached_property
    def _entries(self) -> dict[Key, AuditEntry]:
        """The latest entry since the closing about each record."""
        wanted: dict[str, set[int]] = {}
        for change in self.changes:
            for label, key in self._about(change):
                wanted.setdefault(label, set()).add(key)
        found: dict[Key, AuditEntry] = {}
        since: datetime | None = self.since
        for label, keys in wanted.items():
            rows = AuditEntry.objects.filter(object_type=label, object_id__in=keys, at__gt=since).order_by(
                "pk"
            )
            found |= {(label, row.object_id): row for row in rows.defer("reason") if row.object_id}
        return found

    def _day(self, change: ListChange) -> date | None:
        """The latest day by the end of the year on which something of the record changed."""
        days = self._days.get((change.listed, change.who), ())
        return max((day for day in days if day and day <= self.day), default=None)

    @cached_property
    def _days(self) -> dict[tuple[str, int], list[date | None]]:
        """All days on which the records changed, by their dated rows."""
        who = {listed: {one.who for one in self.changes if one.listed == listed} for listed in Listed}
        found: dict[tuple[str, int], list[date | None]] = {}
        for member in _with(Member, who[Listed.MEMBER], "memberships", "past_stays", "former_exemptions"):
            rows = [row.starts_on for row in member.memberships.all()]
            rows += [day for stay in member.past_stays.all() for day in (stay.arrived_on, stay.left_on)]
            rows += [row.until for row in member.former_exemptions.all()]
            found[Listed.MEMBER, member.pk] = [*rows, member.admitted_on, member.arrived_on, member.left_on]
        for one in _with(
            Organization, who[Listed.ORGANIZATION], "placements", "former_forms", "former_names"
        ):
            rows = [row.starts_on for row in one.placements.all()]
            rows += [row.until for row in (*one.former_forms.all(), *one.former_names.all())]
            found[Listed.ORGANIZATION, one.pk] = [*rows, one.established_on, one.dissolved_on]
        for village in _with(Village, who[Listed.VILLAGE], "coverages"):
            rows = [row.starts_on for row in village.coverages.all()]
            found[Listed.VILLAGE, village.pk] = [*rows, village.starts_on, village.ends_on]
        return found


def _with(model, keys: set[int], *rows: str):
    return model.objects.filter(pk__in=keys).prefetch_related(*rows).order_by() if keys else ()
