"""A page of counts typed down a table: what was sent is saved row by row, and what could not be
saved stands as it was typed."""

from collections.abc import Callable, Iterable, Mapping

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.counting.judging import Outcome
from assessments.entry.counting.table import Typed, entries, not_saved
from assessments.entry.desk import Desk
from assessments.roster.models.lines import OrganizationLine


def saved(
    request: HttpRequest,
    desk: Desk,
    save: Callable[..., Outcome],
    lines: QuerySet[OrganizationLine],
    sent: Mapping[int, Typed],
    words: Callable[[int], str],
) -> Outcome:
    """What became of the rows that were `sent`; `words`: how many organizations were saved."""
    outcome = save(by=Actor.of(request.user), year=desk.year.pk, lines=lines, entries=entries(sent))
    if count := len(outcome.saved):
        messages.success(request, words(count) % {"count": count})
    elif not not_saved(sent, outcome):
        messages.info(request, _("Nothing was changed."))
    return outcome


def with_strayed(
    request: HttpRequest,
    page: Iterable[OrganizationLine],
    lines: QuerySet[OrganizationLine],
    left: set[int],
) -> list[OrganizationLine]:
    """The lines of a page, and those whose counts could not be saved and that it no longer lists."""
    listed = list(page)
    missing = left - {line.pk for line in listed}
    found = list(lines.filter(pk__in=missing)) if missing else []
    if len(found) < len(missing):
        messages.error(request, _("Not in the roster of this year."))
    return [*listed, *found]
