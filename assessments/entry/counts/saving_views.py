"""Saving counts that the script of a page sends, each answered for itself."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.permissions import Permission, require_permission
from assessments.entry.counts.asked import holds_unit, period_of, typing_of
from assessments.entry.counts.saving_actions import save
from assessments.entry.counts.sending import as_row, sent_rows
from assessments.entry.counts.sent import SAVED, Answer
from assessments.entry.desk import Desk, desk_or_404
from resolution03.lib.errors import NotPossible


@require_POST
@require_permission(Permission.ENTER_RATINGS)
def save_counts(request: HttpRequest, year: int) -> JsonResponse:
    """Save what was sent; beside it what is now said of the counts of the same organizations, `only` those of
    one code where the page shows no others."""
    desk, period = desk_or_404(request.user, year), period_of(request)
    sent = sent_rows(request)
    if sent is None:
        return JsonResponse({"error": _("The page sent something that is not a row.")}, status=400)
    try:
        answers = save(desk, period, sent, with_unit=holds_unit(desk))
    except NotPossible as absent:
        raise Http404 from absent
    names = _names(desk, {one.pk for one in sent})
    rows = [as_row(answer, desk.user, names) for answer in answers]
    return JsonResponse({"rows": rows, "told": _told(desk, period, answers, request.GET.get("only", ""))})


def _names(desk: Desk, lines: Iterable[int]) -> dict[int, list[str]]:
    """Code and name by line, of those that the user may see."""
    found = desk.all_lines[0].filter(pk__in=lines).values_list("pk", "code", "name")
    return {pk: [code, name] for pk, code, name in found}


def _told(desk: Desk, period: str, answers: Iterable[Answer], only: str) -> dict[str, dict]:
    saved = {answer.pk for answer in answers if answer.state == SAVED and answer.is_count}
    if not saved:
        return {}
    is_of_unit = holds_unit(desk) and desk.submission.pk in saved
    typing = typing_of(desk, period, None if is_of_unit else desk.organizations.filter(pk__in=saved))
    return {
        cell.key: cell.told.as_data()
        for rule in typing.rules
        if only in ("", rule.code)
        for cell in typing.over(rule)
        if cell.pk in saved
    }
