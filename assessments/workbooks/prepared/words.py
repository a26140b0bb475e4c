"""What each column of a prepared workbook means, for the sheet that explains them."""

from django.utils.translation import gettext_lazy as _

from resolution03.lib.workbooks.cell_types import CellType
from resolution03.lib.workbooks.cells import CODE, DATE, LAST_DAY, MARK, NUMBER
from resolution03.lib.workbooks.kinds import Column

_FIRST_DAY_NOT_COUNTED = _("The first day no longer counted; empty while it lasts.")
_LAST_DAY_COUNTED = _("The last day counted; empty while it lasts.")
_MOVES = _(
    "With another code in this row: the day from which it holds. Empty: the old one was wrong "
    "from its start and is corrected."
)
_SELF_RATED = _("The level it gave itself.")
_DECIDED = _("The level decided by the committee in charge; figures count this one.")
_REASON = _("Why there is no level; without personal information or opinions.")
_YEAR = _("The year that is rated.")
_READ_PAST = _("For your orientation; what is changed here is not read.")

MEANINGS = {
    "organizations": {
        "code": _("The organization's own code; it never changes."),
        "name": _("The full name."),
        "parent": _("The code of the organization it stands under."),
        "level": _("Follows from what it stands under; another one is refused."),
        "form": _("What it is: only cells have members, only committees have organizations below."),
        "type_label": _("The type as the office calls it: commune, agency, enterprise."),
        "established_on": _("The day from which it counts."),
        "dissolved_on": _FIRST_DAY_NOT_COUNTED,
        "applies_on": _MOVES,
        "decision": _("Of the founding, the move or the dissolution."),
    },
    "villages": {
        "code": _("The village's own code; it never changes."),
        "name": _("The full name."),
        "kind": _("What it is."),
        "committee": _("The code of the commune's committee."),
        "cell": _("The code of the cell that covers it; empty while none does."),
        "starts_on": _("The first day of the village."),
        "ends_on": _LAST_DAY_COUNTED,
    },
    "village_heads": {
        "village": _("The code of the village. With the first day it says which term this is."),
        "full_name": _("The head's name."),
        "is_member": _("Whether the head is a party member; with a member's code its dates decide."),
        "member": _("The head's code as a member, when there is one."),
        "is_secretary": _("Whether the head is also secretary of the cell."),
        "starts_on": _("The first day in post; a successor has a row of their own."),
        "ends_on": _LAST_DAY_COUNTED,
    },
    "members": {
        "code": _("The member's own code; it never changes."),
        "full_name": _("Family name, middle name, given name."),
        "born_on": _("A day, a month or only a year."),
        "sex": _("Male or female."),
        "admitted_on": _("The day of admission."),
        "admitted_outside": _("Admitted in another province; not counted as an admission here."),
        "arrived_on": _("The first day here of one who came from outside."),
        "official_on": _("The day from which the member is official."),
        "cell": _("The code of the member's cell."),
        "is_exempt": _("Exempt from party work and meetings; exempt members are not rated."),
        "left_on": _FIRST_DAY_NOT_COUNTED,
        "leaving_reason": _("Why the member left."),
        "applies_on": _MOVES,
    },
    "organization_ratings": {
        "year": _YEAR,
        "code": _("The organization's code."),
        "name": _READ_PAST,
        "self_rated": _SELF_RATED,
        "decided": _DECIDED,
        "reason": _REASON,
    },
    "member_ratings": {
        "year": _YEAR,
        "code": _("The member's code."),
        "name": _READ_PAST,
        "self_rated": _SELF_RATED,
        "decided": _DECIDED,
        "reason": _REASON,
    },
    "reported_totals": {
        "year": _YEAR,
        "code": _("The code of the unit, or of an organization in it, that reports."),
        "subject": _("Who is counted."),
        "level": _("Which level is counted; each is counted once, the levels exclude each other."),
        "count": _("How many stand at this level. Empty is not zero."),
        "total": _("How many there are in all, once for a subject."),
    },
}

_TEXT, _CHOICE = _("Text."), _("Choose from the list.")
_WAYS: dict[CellType, tuple] = {
    CODE: (_("A code as it is written, with its leading zeros."), "DB.01"),
    DATE: (_("Day, month and year; or month and year; or only the year."), "31/12/2018; 12/2018; 2018"),
    NUMBER: (_("A whole number from 0."), "25"),
    MARK: (_("x for yes; empty for no; “không” takes an x back."), "x"),
}
_WAYS[LAST_DAY] = _WAYS[DATE]
_EXAMPLES = {
    "self_rated": "HTTNV",
    "decided": "HTTNV",
    "level": "HTTNV",
    "year": "2018",
    "decision": "15-QĐ/TU",
}


def way_of(column: Column, offers: bool) -> tuple[str, str]:
    """How a column is filled, and an example; `offers`: it has a list of its own."""
    how, example = _WAYS.get(column.type, (_CHOICE if offers else _TEXT, ""))
    if column.type.choices:
        return str(how), column.type.choices[-1]
    return str(how), _EXAMPLES.get(column.key, example)
