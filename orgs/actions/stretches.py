"""How rows that hold for a time (`orgs.dated`) are opened, closed and corrected."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from orgs import rules
from orgs.standing import Holding
from orgs.touched import touch, touch_new
from resolution03.lib.errors import Refusal


def begin(rows, *, on: date, decision: str = "", decided_on: date | None = None, **values):
    """Close the open stretch on `on` and open another one with `values`.

    `rows` is the related manager of one thing. A stretch that itself began on `on` is replaced.
    """
    latest = rows.filter(ends_on=None).get()
    if not rules.follows(on, latest.starts_on):
        raise Refusal(
            _("%(day)s is before the latest change of %(latest)s.")
            % {"day": f"{on:%d/%m/%Y}", "latest": f"{latest.starts_on:%d/%m/%Y}"},
            field="on",
        )
    if latest.starts_on == on:
        given = {"decision": decision, "decided_on": decided_on} if decision or decided_on else {}
        return _store(latest, **given, **values)
    _store(latest, ends_on=on)
    return make(rows, starts_on=on, decision=decision, decided_on=decided_on, **values)


def hand_over(
    holding: Holding, rows: QuerySet, *, on: date, decision: str, decided_on: date | None, **values
) -> list:
    """What stood in a holder from `on` on stands in another one, as `values` say: a stretch that lasts
    across the day is divided there, a later one corrected from its own start.

    `rows` are stretches of any number of things, closed ones too (`Holding.since`). Returns those that
    hold the new values, each with its thing.
    """
    found = list(rows.select_related(holding.thing))
    begun = {"starts_on": on, "decision": decision, "decided_on": decided_on}
    return [_handed(holding, row, begun, values) for row in found]


def _handed(holding: Holding, row, begun: dict, values: dict):
    began = [day for day in (holding.day(row, start) for start in holding.starts) if day]
    if any(day >= begun["starts_on"] for day in began):
        return _store(row, **values)
    until = row.ends_on
    _store(row, ends_on=begun["starts_on"])
    others = (field for field in row._meta.concrete_fields if field.is_relation and field.name not in values)
    kept = {field.attname: getattr(row, field.attname) for field in others}
    return make(holding.model._default_manager, **kept, **values, **begun, ends_on=until)


def correct(rows, **values):
    """Correct the latest stretch from its own start (INTERFACE, reading 8)."""
    return _store(rows.filter(ends_on=None).get(), **values)


def make(rows, **values):
    """A row more of one thing."""
    row = rows.create(**values)
    touch_new(row)
    return row


def _store(row, **values):
    touch(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row
