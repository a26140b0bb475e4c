"""How one row of a register is changed: values, search key and audit row together."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.actors import Actor
from orgs import audit
from orgs.touched import touch, touch_new
from resolution03.lib import text
from resolution03.lib.codes import fault_of_new
from resolution03.lib.dates import PartialDate, with_precisions
from resolution03.lib.errors import Refusal


def columns(**values) -> dict[str, Any]:
    """Values as columns: a PartialDate fills `x_on` and `x_precision`; text is cleaned."""
    stored: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, PartialDate):
            stored[name] = value.day
            stored[f"{name.removesuffix('_on')}_precision"] = value.precision
        else:
            stored[name] = text.clean(value) if isinstance(value, str) else value
    if "code" in stored:
        stored["code"] = text.code(stored["code"])
    return stored


def will_be(obj, name: str, values: dict):
    """The day in the date column `name` once `values` are written."""
    value = values.get(name, getattr(obj, name))
    return value.day if isinstance(value, PartialDate) else value


def store(obj, *, by: Actor, action: str, unit_id: int | None, reason: str = "", **values) -> bool:
    """Give `obj` the values that differ and write its audit row; False when none differ."""
    is_new = obj.pk is None
    kept = {name: values[name] for name in ("code",) if name in values and values[name] == obj.code}
    values = columns(**values) | kept
    fields = [name for name, value in values.items() if is_new or getattr(obj, name) != value]
    if not fields:
        return False
    attnames = with_precisions(
        (obj._meta.get_field(name).attname for name in fields),
        {field.attname for field in obj._meta.concrete_fields},
    )
    before = {} if is_new else audit.state(obj, attnames)
    if not is_new:
        touch(obj)
    for name in fields:
        setattr(obj, name, values[name])
    obj.refresh_keys()
    obj.save()
    if is_new:
        touch_new(obj)
    change = audit.Change(obj, before, audit.state(obj, attnames), unit_id)
    audit.record([change], by=by, action=action, reason=reason)
    return True


def require_new_code(rows, code: str) -> None:
    """Refuse what is no code (lib.codes), and one that another row bears; whose it is stays unsaid:
    it may be out of scope."""
    code = text.code(code)
    if fault := fault_of_new(code):
        raise Refusal(_("“%(code)s” is no code: %(why)s.") % {"code": code, "why": fault}, field="code")
    if rows.filter(code=code).exists():
        raise Refusal(_("The code %(code)s is in use.") % {"code": code}, field="code")
