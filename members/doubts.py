"""What may be meant and probably is not, in the registers of members and heads: told, never refused.

Pages ask before they store, workbooks warn (INTERFACE, "Not errors but warnings"). Each gives the
words, empty where nothing is doubtful; an unknown day contradicts nothing.
"""

from datetime import date

from django.utils.translation import gettext as _

from members import rules
from resolution03.lib.dates import years_between


def early_official(admitted: date | None, official: date | None) -> str:
    """Twelve months of probation lie between the admission and the official day."""
    if not admitted or not official or not admitted <= official < rules.earliest_official(admitted):
        return ""
    return _("official less than twelve months after the admission")


def early_readmission(left: date | None, reason: str, returned: date | None) -> str:
    """36 months lie between the leaving and a re-admission; who was transferred just comes back."""
    if not left or not returned or not rules.needs_readmission(reason):
        return ""
    return (
        _("admitted again less than 36 months after the leaving")
        if returned < rules.earliest_readmission(left)
        else ""
    )


def late_official(admitted: date | None, official: date | None) -> str:
    """Probation ends twelve months after the admission, whenever that is decided."""
    if not admitted or not official or official <= (due := rules.earliest_official(admitted)):
        return ""
    return _("by the charter: %(day)s, twelve months after the admission") % {"day": f"{due:%d/%m/%Y}"}


def age(born: date | None, admitted: date | None) -> str:
    """Admitted from 16 to 100 years after the birth."""
    if not born or not admitted or rules.is_age_at_admission(born, admitted):
        return ""
    if admitted < born:
        return _("before the birth on %(day)s") % {"day": f"{born:%d/%m/%Y}"}
    told = {"years": years_between(born, admitted), "day": f"{born:%d/%m/%Y}"}
    return _("%(years)s years after the birth on %(day)s") % told


def before_cell(admitted: date | None, founded: date | None) -> str:
    """The cell was there when it admitted the member."""
    if not admitted or not founded or founded <= admitted:
        return ""
    return _("admitted before the cell was founded")


def mark(is_marked: bool, is_member: bool) -> str:
    """The mark of a head against the dates of the member whose code is given (reading 4)."""
    return _("the dates of this member say otherwise; they hold") if is_marked != is_member else ""
