"""Which acts a user may do now, as the buttons of a record's page and of a list."""

from dataclasses import dataclass

from accounts.permissions import may
from assessments.registers import acts
from assessments.registers.acts.act import NO_BUTTON, Act, Button
from assessments.registers.records import Record, Register
from orgs.models import Organization


@dataclass(frozen=True, slots=True)
class Offer:
    """One button."""

    button: Button
    address: str


def at_record(user, record: Record, on: Register, of: Register | None = None) -> list[Offer]:
    """The acts on a record of the register `on`; with `of`, only those that change that register."""
    return [
        Offer(act.button, act.url(record))
        for act in acts.ACTS
        if act.on == on and of in (None, act.register) and _is_offered(act, act.button, user, record)
    ]


def begun_at(user, place: Organization, of: Register | None = None) -> list[Offer]:
    """The acts that make a record, where the page of an organization offers them; with `of`, only those of
    that register."""
    return [
        Offer(act.begin.button, act.url(place=place))
        for act in acts.ACTS
        if act.on is None and of in (None, act.register) and _is_offered(act, act.begin.button, user, place)
    ]


def in_list(user, register: Register, place: Organization | None = None) -> list[Offer]:
    """The acts that make a record of the register; in a list of one place they begin there."""
    return [
        Offer(act.button, act.url(place=place))
        for act in acts.ACTS
        if act.on is None and act.register == register and _is_offered(act, act.button, user, None)
    ]


def _is_offered(act: Act, button: Button, user, record: Record | None) -> bool:
    if button is NO_BUTTON or not may(user, act.needs) or not act.allowed(user, record):
        return False
    return record is None or button.offered(record)
