"""Every act on a register, one entry each: what addresses, buttons and the trail read (ADR 26)."""

from django.utils.translation import gettext as _

from assessments.registers.acts import heads, members, organizations, province, villages
from assessments.registers.acts.act import Act
from orgs.trail.words import action

ACTS: tuple[Act, ...] = (
    *province.ACTS,
    *organizations.ACTS,
    *villages.ACTS,
    *heads.ACTS,
    *members.ACTS,
)
ACTIONS = {
    act.told: action(act.trail, act.register.about) for act in ACTS if not isinstance(act.trail, tuple)
}
"""How the trail tells them (settings.TRAIL)."""


def taking_back(act: Act) -> Act | None:
    """The act that takes `act` back, if there is one yet."""
    return next((one for one in ACTS if one.register == act.register and one.code == act.taken_back), None)


def way_back(act: Act) -> str:
    """In words, how `act` is taken back."""
    found = taking_back(act)
    if found is None:
        return _("No single act takes it back.")
    return _("It can be taken back by “%(act)s”.") % {"act": found.button.words}
