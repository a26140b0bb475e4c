"""What columns mean that several kinds have."""

from django.utils.translation import gettext_lazy as _

FIRST_DAY_NOT_COUNTED = _("The first day no longer counted; empty while it lasts.")
LAST_DAY_COUNTED = _("The last day counted; empty while it lasts.")
INTO = _("The code of what it went into at its end; it moves nothing by itself.")
MOVES = _(
    "With another place, form or exemption in this row: the day from which it holds. Empty: the old "
    "one was wrong from its start and is corrected."
)
SELF_RATED = _("The level it gave itself.")
DECIDED = _("The level decided by the committee in charge; figures count this one.")
AWARDED = _("Awarded the title “exemplary” for the year; by HD 06-HD/TW, beside the level.")
REASON = _("Why there is no level; without personal information or opinions.")
YEAR = _("The year that is rated.")
READ_PAST = _("For your orientation; what is changed here is not read.")
