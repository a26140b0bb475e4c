"""What does not fit between a yearly count and what the lists say: warnings, nothing is refused.

Sources: DOMAIN §6, Biểu 04 and 05: women, ethnic minorities and youth union members are among those
admitted; cells with a committee, and cells that met every month, are among the cells.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from assessments.roster.counts.given import CELLS, OF_THE_ADMITTED, Known
from assessments.rules.models.counts import Activity
from resolution03.lib.figures import number

AMONG_CELLS = (CELLS, "cells_meeting_monthly")


def warnings(activities: Iterable[Activity], counts: Mapping[str, int | None], known: Known) -> list[str]:
    """Sentences about one organization, in the order of its columns."""
    found = (_warning(one, counts.get(one.code), known) for one in activities)
    return [words for words in found if words]


def _warning(activity: Activity, count: int | None, known: Known) -> str:
    if count is None:
        return ""
    told = {"name": activity.short_name, "count": number(count)}
    if activity.code in OF_THE_ADMITTED and known.admitted is not None and count > known.admitted:
        words = _("%(name)s: %(count)s, but %(admitted)s were admitted in the year by the list.")
        return words % (told | {"admitted": number(known.admitted)})
    if activity.code in AMONG_CELLS and count > known.cells:
        words = _("%(name)s: %(count)s, but the organization has %(cells)s cells.")
        return words % (told | {"cells": number(known.cells)})
    return ""
