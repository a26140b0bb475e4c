"""How rows that hold for a time (`orgs.dated`) are opened, closed and corrected."""

from datetime import date

from django.utils.translation import gettext as _

from orgs import rules
from orgs.touched import touch, touch_new
from resolution03.lib.errors import Refusal


def begin(rows, *, on: date, decision: str = "", **values):
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
        return _store(latest, decision=decision or latest.decision, **values)
    _store(latest, ends_on=on)
    return make(rows, starts_on=on, decision=decision, **values)


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
