"""What may be written into a line of a year's roster: one place for grid, form and workbook.

Sources: DESIGN "Who may do what"; INTERFACE "Readings" 1, 6, 7 and error `inconsistent`. The words
of each rule stand in `catalog.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.rules.entry_rule import Code
from assessments.rules.models.years import LOCKED

LEVEL_FIELDS = ("self_rated", "proposed", "decided")
TEXT_FIELDS = {"reason": 200, "note": 200, "deciding_body": 160, "decision_number": 80}
FIELDS = (*LEVEL_FIELDS, *TEXT_FIELDS, "decided_on", "awarded")
DRAFT_FIELDS = frozenset({"self_rated", "proposed", "reason", "note"})


class Fault(str):
    """A sentence that refuses; `rule` is the code of the hard rule that it names."""

    rule: Code

    def __new__(cls, rule: Code, text: str) -> Self:
        fault = super().__new__(cls, text)
        fault.rule = rule
        return fault

    def __getnewargs__(self) -> tuple[Code, str]:  # type: ignore[override]  # the arguments of __new__
        """A copy is made as the sentence was."""
        return self.rule, str(self)


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
    awards_title: bool = True

    @classmethod
    def of(
        cls,
        line,
        *,
        is_open: bool,
        state: str | None = None,
        is_covered: bool = False,
        awards_title: bool = True,
    ) -> Self:
        """Of a rated line, or of what shows its face, in a year that `is_open`; `state`: of its
        unit's submission, None where nobody is bound by it; `awards_title`: “exemplary” is no level
        of the year (`YearRules.awards_title`)."""
        return cls(
            year=line.year_id,
            year_is_open=is_open,
            is_submitted=state in LOCKED,
            is_accepted=line.accepted,
            is_dropped=line.dropped,
            is_exempt=line.is_exempt,
            is_covered=is_covered,
            awards_title=awards_title,
        )


def entry_faults(
    changes: dict,
    standing: Standing,
    level_codes: list[str],
    *,
    binding: bool,
    drafts_only: bool,
    today: date,
) -> list[Fault]:
    """Why these values cannot be written into the line: the one judge of grid, form and workbook.
    A load asks when it is planned, and the action again under the locks, for what changed between."""
    return standing_faults(standing, binding=binding) or change_faults(
        changes, standing, level_codes, drafts_only=drafts_only, today=today
    )


def standing_faults(standing: Standing, *, binding: bool) -> list[Fault]:
    """Why the line cannot be written into at all; empty when it can.

    `binding`: the writer is bound by the unit's submission (everyone but the command line).
    """
    checks = (
        (not standing.year_is_open, Code.YEAR_CLOSED),
        (standing.is_dropped, Code.LEFT_ROSTER),
        (binding and standing.is_submitted, Code.SUBMITTED),
        (binding and standing.is_accepted, Code.ACCEPTED),
    )
    broken = (rule for wrong, rule in checks if wrong)
    return [Fault(rule, _CANNOT_BE_WRITTEN[rule] % {"year": standing.year}) for rule in broken][:1]


_CANNOT_BE_WRITTEN = {
    Code.YEAR_CLOSED: gettext_lazy("Year %(year)s is closed."),
    Code.LEFT_ROSTER: gettext_lazy("No longer in the roster of 31/12/%(year)s."),
    Code.SUBMITTED: gettext_lazy(
        "The unit's year is submitted; it can be changed after the Board returns it."
    ),
    Code.ACCEPTED: gettext_lazy("The row is accepted; it can be changed after the Board returns it."),
}


def change_faults(
    changes: dict, standing: Standing, level_codes: list[str], *, drafts_only: bool, today: date
) -> list[Fault]:
    """Why these values cannot be written; levels are codes, empty or None clears."""
    faults = level_faults(changes, standing, level_codes) + title_faults(changes, standing)
    if drafts_only and not DRAFT_FIELDS.issuperset(changes):
        text = _("A clerk enters drafts; the unit enters the decided level.")
        faults.append(Fault(Code.DRAFTS_ONLY, text))
    return faults + text_faults(changes) + date_faults(changes, today)


def level_faults(changes: dict, standing: Standing, level_codes: list[str]) -> list[Fault]:
    """Why these levels cannot stand in the line."""
    faults = [
        Fault(
            Code.FOREIGN_LEVEL,
            _("%(level)s is not in the levels of %(year)s: %(levels)s.")
            % {"level": changes[field], "year": standing.year, "levels": ", ".join(level_codes)},
        )
        for field in LEVEL_FIELDS
        if changes.get(field) and changes[field] not in level_codes
    ]
    if standing.is_exempt and any(changes.get(field) for field in LEVEL_FIELDS):
        faults.append(Fault(Code.EXEMPT_RATED, _("An exempt member is not rated.")))
    if standing.is_covered and changes.get("decided"):
        text = _("A reported total stands for this row; a rating beside it would count twice.")
        faults.append(Fault(Code.BESIDE_TOTAL, text))
    return faults


def title_faults(changes: dict, standing: Standing) -> list[Fault]:
    """Why the title cannot be recorded in the line."""
    if not changes.get("awarded") or standing.awards_title:
        return []
    text = _("In %(year)s “exemplary” is a level of its own; choose that level.")
    return [Fault(Code.TITLE_AS_LEVEL, text % {"year": standing.year})]


def reading_faults(exemplary: Iterable[str], strong: Iterable[str]) -> list[Fault]:
    """Why two readings cannot hold together: levels that are exemplary without being strong."""
    beyond = [code for code in exemplary if code not in set(strong)]
    text = _("%(levels)s would count as exemplary without counting as strong.")
    return [Fault(Code.EXEMPLARY_NOT_STRONG, text % {"levels": ", ".join(beyond)})] if beyond else []


def text_faults(changes: dict) -> list[Fault]:
    """Which texts are longer than TEXT_FIELDS allows, in characters."""
    return [
        Fault(
            Code.TEXT_TOO_LONG,
            _("At most %(limit)s characters, found %(found)s.")
            % {"limit": limit, "found": len(changes[field])},
        )
        for field, limit in TEXT_FIELDS.items()
        if len(changes.get(field) or "") > limit
    ]


def date_faults(changes: dict, today: date) -> list[Fault]:
    """Whether the decision is of a day to come."""
    day = changes.get("decided_on")
    if not day or day <= today:
        return []
    text = _("The decision date %(day)s lies in the future.") % {"day": f"{day:%d/%m/%Y}"}
    return [Fault(Code.FUTURE_DATE, text)]
