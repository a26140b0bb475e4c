"""The rows of the lists of registers, each a dict of texts ready to be shown.

They come from `values` of the columns named here: no object is made, and a template has nothing
left to look up, to format or to choose in a row.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.registers import village_states
from assessments.registers.lineage.listed import caption, sources_of
from assessments.roster.models.village_lines import HeadState
from members.models import LeavingReason, Sex
from orgs.models import Form, Level, Organization, Village
from orgs.rules import unit_of
from resolution03.lib import figures
from resolution03.lib.dates import written

NOTHING = "–"
MEMBER = (
    "pk", "code", "full_name", "sort_key", "sex", "born_on", "born_precision", "admitted_on",
    "admitted_precision", "official_on", "official_precision", "cell", "cell__name", "is_exempt",
    "left_on", "left_precision", "leaving_reason",
)  # fmt: skip
ORGANIZATION = (
    "pk", "code", "name", "position", "path", "level", "form", "parent__name", "established_on",
    "established_precision", "dissolved_on", "dissolved_precision", "merged_into__name",
)  # fmt: skip
VILLAGE = (
    "pk", "code", "name", "position", "urgency", "village", "committee__name", "unit__name", "cell",
    "cell__name", "cell_is_shared", "had_cell", "official_members", "head_state",
)  # fmt: skip


def members(found: Iterable[dict]) -> Iterator[dict]:
    """From rows of MEMBER."""
    sexes = dict(Sex.choices)
    for row in found:
        yield {
            "pk": str(row["pk"]),
            "code": row["code"],
            "name": row["full_name"],
            "born": _date(row, "born"),
            "sex": sexes.get(row["sex"], NOTHING),
            "admitted": _date(row, "admitted"),
            "official": _date(row, "official"),
            "cell_id": str(row["cell"]),
            "cell": row["cell__name"],
            "state": _state_of_member(row),
        }


def organizations(found: Iterable[dict], units: Mapping[int, str]) -> Iterator[dict]:
    """From rows of ORGANIZATION; `units` are names by primary key."""
    forms, levels, rows = dict(Form.choices), dict(Level.choices), list(found)
    sources = sources_of(Organization, [row["pk"] for row in rows], "dissolved_on")
    for row in rows:
        yield {
            "pk": str(row["pk"]),
            "code": row["code"],
            "name": row["name"],
            "lineage": caption(row["merged_into__name"], sources.get(row["pk"], ())),
            "level": levels[row["level"]],
            "form": forms[row["form"]],
            "parent": row["parent__name"] or NOTHING,
            "unit": units.get(unit_of(row["path"]) or 0, NOTHING),
            "established": _date(row, "established"),
            "dissolved": _date(row, "dissolved"),
        }


def villages(found: Iterable[dict], day: date) -> Iterator[dict]:
    """From rows of VILLAGE of a year's roster, which ends on `day`, with `head__full_name` only for whoever
    may see persons."""
    tags, rows = _Tags(), list(found)
    sources = sources_of(Village, [row["village"] for row in rows], "ends_on", ends_on__lt=day)
    heads = {state: str(label) for state, label in HeadState.choices}
    for row in rows:
        yield {
            "pk": str(row["village"]),
            "name": row["name"],
            "lineage": caption(None, sources.get(row["village"], ())),
            "committee": row["committee__name"],
            "unit": row["unit__name"],
            "tag": tags[row["urgency"]],
            "cell": _cell(row),
            "members": figures.number(row["official_members"]),
            "head": _head(row, heads),
        }


def _cell(row: dict) -> str:
    if row["cell"] is None:
        return _("no more") if row["had_cell"] else _("never had one")
    if not row["cell_is_shared"]:
        return row["cell__name"]
    return format_html('{} <span class="cap">{}</span>', row["cell__name"], _("shared"))


def _head(row: dict, states: dict[str, str]) -> str:
    state = states[row["head_state"]]
    if row["head_state"] == HeadState.VACANT or "head__full_name" not in row:
        return state
    return f"{row['head__full_name']}, {state}"


def _date(row: dict, name: str) -> str:
    return written(row[f"{name}_on"], row[f"{name}_precision"])


def _state_of_member(row: dict) -> str:
    if row["left_on"]:
        reason = dict(LeavingReason.choices).get(row["leaving_reason"]) or _("left")
        return f"{reason} {_date(row, 'left')}"
    if row["is_exempt"]:
        return _("exempt")
    return "" if row["official_on"] else _("probationary")


class _Tags(dict[int, SafeString]):
    """The tag of each urgency, drawn once."""

    def __missing__(self, urgency: int) -> SafeString:
        state = village_states.state_of(urgency)
        shown = state and {"kind": state.kind, "icon": state.icon, "label": state.label}
        self[urgency] = render_to_string("_tag.html", shown) if shown else SafeString()
        return self[urgency]
