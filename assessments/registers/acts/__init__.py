"""Every act on a register, one entry each: what addresses, buttons and the trail read (ADR 26)."""

from django.utils.translation import gettext_lazy as _

from assessments.registers.acts import heads, members, organizations, province, villages
from assessments.registers.acts.act import Act
from members.trail import HEAD, MEMBER
from orgs.trail.declared import ORGANIZATION, VILLAGE
from orgs.trail.words import action

ACTS: tuple[Act, ...] = (
    *province.ACTS,
    *organizations.ACTS,
    *villages.ACTS,
    *heads.ACTS,
    *members.ACTS,
)
_UNDONE = action(_("taken back"), ORGANIZATION, VILLAGE, HEAD, MEMBER)
ACTIONS = {
    **{act.told: action(act.trail, act.register.about) for act in ACTS if not isinstance(act.trail, tuple)},
    **dict.fromkeys((act.told_back for act in ACTS), _UNDONE),
}
"""How the trail tells them (settings.TRAIL)."""


def find(told: str) -> Act | None:
    """The act of this name; None for what is none, or no longer one."""
    return next((act for act in ACTS if act.told == told), None)
