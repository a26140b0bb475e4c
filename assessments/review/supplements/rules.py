"""What a supplement may make of a line of a closed year: the rules of an entry, and its own.

Sources: DESIGN "What the figures mean" (báo cáo bổ sung); ADR 13. Pure: values in, sentences out.
"""

from datetime import date

from django.utils.translation import gettext as _

from assessments.rules.ratings import Standing, date_faults, level_faults, text_faults, title_faults

CHANGED = ("self_rated", "decided", "reason", "awarded")
TITLE = "x"
"""How a title that is awarded is told; "" is none."""
DECISION = ("deciding_body", "decision_number", "decided_on")
MOST_LINES = 100


def line_faults(before: dict, after: dict, standing: Standing, level_codes: list[str]) -> list[str]:
    """Why the line cannot become `after` (CHANGED by name; levels are codes, empty clears)."""
    for wrong, text in (
        (standing.is_dropped, _("No longer in the roster of 31/12/%(year)s.")),
        (standing.is_exempt, _("An exempt member is not rated.")),
        (standing.is_covered, _("A reported total stands for this row; correct the total instead.")),
    ):
        if wrong:
            return [text % {"year": standing.year}]
    faults: list[str] = [*level_faults(after, standing, level_codes), *text_faults(after)]
    faults += title_faults(after, standing)
    if bool(after["decided"]) == bool(after["reason"]):
        faults.append(_("Choose a level, or leave it not rated and write the reason; one of the two."))
    if not faults and before == after:
        faults.append(_("Nothing changes in this row: choose another level or take the row out."))
    return faults


def decision_faults(decision: dict, *, today: date) -> list[str]:
    """Why the decision (DECISION by name) cannot stand: too long a text, a day in the future."""
    return [*text_faults(decision), *date_faults(decision, today)]


def year_fault(year: int, *, is_closed: bool, is_open: bool) -> str:
    """Why the year takes no supplement; empty when it does."""
    if is_closed:
        return ""
    if is_open:
        return _("Year %(year)s is open: enter ratings in its lists; a supplement is for a closed year.") % {
            "year": year
        }
    return _("Year %(year)s has reported totals only: correct the totals instead.") % {"year": year}
