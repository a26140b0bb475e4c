"""What may be written into a line of a year's roster: one place for grid, form and workbook.

Sources: DESIGN "Who may do what"; INTERFACE "Readings" 1, 6, 7 and error `inconsistent`.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

LEVEL_FIELDS = ("self_rated", "proposed", "decided")
TEXT_FIELDS = {"reason": 200, "note": 200, "deciding_body": 160, "decision_number": 80}
FIELDS = (*LEVEL_FIELDS, *TEXT_FIELDS, "decided_on")
DRAFT_FIELDS = frozenset({"self_rated", "proposed", "reason", "note"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a line when someone wants to write into it."""

    year: int
    year_is_open: bool
    is_submitted: bool
    is_accepted: bool
    is_dropped: bool
    is_exempt: bool
    is_covered: bool


def standing_faults(standing: Standing, *, binding: bool) -> list[str]:
    """Why the line cannot be written into at all; empty when it can.

    `binding`: the writer is bound by the unit's submission (everyone but the command line).
    """
    checks = [
        (not standing.year_is_open, _("Year %(year)s is closed.")),
        (standing.is_dropped, _("No longer in the roster of 31/12/%(year)s.")),
        (
            binding and standing.is_submitted,
            _("The unit's year is submitted; it can be changed after the Board returns it."),
        ),
        (
            binding and standing.is_accepted,
            _("The row is accepted; it can be changed after the Board returns it."),
        ),
    ]
    return [text % {"year": standing.year} for wrong, text in checks if wrong][:1]


def change_faults(
    changes: dict, standing: Standing, level_codes: list[str], *, drafts_only: bool, today: date
) -> list[str]:
    """Why these values cannot be written; levels are codes, empty or None clears."""
    faults = [
        _("%(level)s is not in the levels of %(year)s: %(levels)s.")
        % {"level": changes[field], "year": standing.year, "levels": ", ".join(level_codes)}
        for field in LEVEL_FIELDS
        if changes.get(field) and changes[field] not in level_codes
    ]
    if standing.is_exempt and any(changes.get(field) for field in LEVEL_FIELDS):
        faults.append(_("An exempt member is not rated."))
    if standing.is_covered and changes.get("decided"):
        faults.append(_("A reported total stands for this row; a rating beside it would count twice."))
    if drafts_only and not DRAFT_FIELDS.issuperset(changes):
        faults.append(_("A clerk enters drafts; the unit enters the decided level."))
    return faults + _text_faults(changes) + _date_faults(changes, today)


def _text_faults(changes: dict) -> list[str]:
    return [
        _("At most %(limit)s characters, found %(found)s.")
        % {"limit": limit, "found": len(changes[field])}
        for field, limit in TEXT_FIELDS.items()
        if len(changes.get(field) or "") > limit
    ]


def _date_faults(changes: dict, today: date) -> list[str]:
    decided_on = changes.get("decided_on")
    if decided_on and decided_on > today:
        return [_("The decision date %(day)s lies in the future.") % {"day": f"{decided_on:%d/%m/%Y}"}]
    return []
