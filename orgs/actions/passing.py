"""What stands in many bodies passes to others at once, as plans do it; the caller has judged it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Model, QuerySet

from accounts.actors import Actor
from orgs import audit
from orgs.models import Organization
from orgs.rules import unit_of
from orgs.standing import Holding
from orgs.versions import writing
from resolution03.lib import bulk

Values = Mapping[str, object]


class Passed(NamedTuple):
    """A thing that stood in one body and stands in another from then on, by their keys."""

    thing: int
    source: int
    heir: int


@writing()
def pass_many(
    holding: Holding,
    rows: QuerySet,
    heirs: Mapping[int, int],
    *,
    on: date,
    decision: str,
    also: Callable[[int, int], Values] = lambda thing, heir: {},
) -> list[Passed]:
    """As `handing_over.hand_over`, of bodies by the heirs of each: a stretch that lasts across the day is
    divided there, a later one corrected from its own start, and of the latest the thing itself tells.
    `also`: further columns of a thing that comes to an heir, of its stretch too. The trail is
    the caller's."""
    found = [_Row(holding, row, heirs) for row in _stretches(holding, rows)]
    lasting, later = ([row for row in found if row.is_later(on) == wish] for wish in (False, True))
    bulk.update(holding.model, ["ends_on"], [(row.key, on) for row in lasting])
    begun = {"starts_on": on, "decision": decision, "decided_on": None}
    bulk.insert([row.begun(begun | dict(also(row.thing, row.heir))) for row in lasting])
    _write(holding, holding.model, [(row.key, row) for row in later], also)
    _write(holding, holding.things, [(row.thing, row) for row in found if row.is_latest], also)
    return sorted({Passed(row.thing, row.body, row.heir) for row in found})


def record(holding: Holding, passed: Iterable[Passed], *, by: Actor, action: str, reason: str) -> None:
    """An entry for each thing, in the unit in which its new body stands."""
    found = list(passed)
    things = holding.things._default_manager.filter(pk__in={one.thing for one in found}).order_by()
    codes = dict(things.values_list("pk", "code"))
    heirs = Organization.objects.filter(pk__in={one.heir for one in found}).order_by()
    units = {pk: unit_of(path) for pk, path in heirs.values_list("pk", "path")}
    key = f"{holding.body}_id"
    changes = (
        audit.Change(
            audit.Keyed(one.thing, holding.things._meta),
            {key: one.source},
            {key: one.heir},
            units[one.heir],
            codes[one.thing],
        )
        for one in found
    )
    audit.record(changes, by=by, action=action, reason=reason)


class _Row:
    """A stretch, and to whom its thing comes."""

    def __init__(self, holding: Holding, values: Mapping, heirs: Mapping[int, int]):
        self.holding, self.values = holding, values
        self.key, self.thing = values["pk"], values[f"{holding.thing}_id"]
        self.body = values[f"{holding.body}_id"]
        self.heir = heirs[self.body]

    @property
    def is_latest(self) -> bool:
        return self.values["ends_on"] is None

    def is_later(self, on: date) -> bool:
        return any((day := self.values[start]) and day >= on for start in self.holding.starts)

    def begun(self, values: Values):
        """The stretch that begins on the day, as the thing stands otherwise."""
        kept = {name: self.values[name] for name in _columns(self.holding)}
        return self.holding.model(**kept | {f"{self.holding.body}_id": self.heir, **values})


def _columns(holding: Holding) -> list[str]:
    return [field.attname for field in holding.model._meta.concrete_fields if not field.primary_key]


def _stretches(holding: Holding, rows: QuerySet) -> Iterator[dict]:
    starts = (name for name in holding.starts if name not in _columns(holding))
    return rows.order_by().values("pk", *_columns(holding), *starts).iterator()


def _write(holding: Holding, model: type[Model], rows: list[tuple[int, _Row]], also) -> None:
    """Let rows of a model, by their keys, be the heirs'."""
    written = [(key, row.heir, also(row.thing, row.heir)) for key, row in rows]
    more = tuple(written[0][2]) if written else ()
    bulk.update(
        model, [holding.body, *more], [(key, heir, *values.values()) for key, heir, values in written]
    )
