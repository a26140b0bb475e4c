"""How a village is told in the list of villages: its tag, the most urgent first."""

from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from assessments.roster.querysets import HEAD_STATES, VILLAGE_STATES, VillageLineQuerySet
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True)
class VillageState:
    """A state of a village's line, with the tag and the tile that tell it."""

    code: str
    label: Phrase
    hint: Phrase
    kind: str
    icon: str

    @property
    def condition(self) -> Q:
        return (VILLAGE_STATES | HEAD_STATES)[self.code]


# Most urgent first: a village bears the tag of the first state that it is in.
STATES = (
    VillageState("blank_again_cell", _("Blank again: no cell"), _("had one before"), "error", "flag"),
    VillageState("without_cell", _("Without a cell"), _("target 0"), "unmet", "exclamation-triangle-fill"),
    VillageState(
        "blank_again_member", _("Blank again: no member"), _("had one before"), "error", "flag"
    ),
    VillageState(
        "without_member", _("Without members"), _("those without a cell included"), "unmet",
        "exclamation-triangle-fill",
    ),
    VillageState(
        "at_risk", _("At risk"), _("own cell, three official members or fewer"), "changed",
        "circle-half",
    ),
    VillageState("vacant", _("Head vacant"), _("outside the base of the share"), "wait", "person-dash"),
    VillageState("shared_cell", _("Shared cell"), _("counts as a cell"), "wait", "people"),
)  # fmt: skip
BY_CODE = {state.code: state for state in STATES}
UNREMARKABLE = len(STATES)


def with_urgency(lines: VillageLineQuerySet) -> VillageLineQuerySet:
    """`urgency`: the place in STATES of a line's most urgent state."""
    cases = [When(state.condition, then=Value(place)) for place, state in enumerate(STATES)]
    default = Value(UNREMARKABLE)
    return lines.annotate(urgency=Case(*cases, default=default, output_field=IntegerField()))


def state_of(urgency: int) -> VillageState | None:
    """The state that an `urgency` of `with_urgency` names."""
    return STATES[urgency] if urgency < UNREMARKABLE else None


def any_state() -> Q:
    """A village that needs attention for one reason or another."""
    condition = Q()
    for state in STATES:
        condition |= state.condition
    return condition


def count_states(lines: QuerySet) -> dict[str, int]:
    """How many of `lines` are in each state, need attention, and are there at all."""
    counts = {state.code: Count("pk", filter=state.condition) for state in STATES}
    return lines.order_by().aggregate(all=Count("pk"), attention=Count("pk", filter=any_state()), **counts)
