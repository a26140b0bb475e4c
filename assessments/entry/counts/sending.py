"""What a page of counts sent: by its script row by row, or as a whole form where no script runs; and the
answers."""

import json
from collections.abc import Iterable, Mapping

from django.http import HttpRequest, RawPostDataException
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.entry.counts.paper import Paper
from assessments.entry.counts.sent import CONFLICT, REFUSED, Answer, Sent
from assessments.entry.counts.shown import Cell
from assessments.entry.counts.stored import PAPER, Stored
from assessments.entry.tags import clock
from resolution03.lib.figures import whole

AT_ONCE = 300


def sent_rows(request: HttpRequest) -> list[Sent] | None:
    """The rows of the request's JSON; None when it is anything else."""
    try:
        rows = json.loads(request.body)["rows"]
        sent = [_sent(row["line"], row["version"], row["changes"]) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, RawPostDataException):
        return None
    return sent if 0 < len(sent) <= AT_ONCE else None


def _sent(line: str, version: str, changes: Mapping[str, str]) -> Sent:
    place, _colon, code = line.rpartition(":")
    pk = whole(place.removeprefix(PAPER))
    texts = [*changes.values(), version]
    if pk is None or not code or changes.keys() - {"count", "reason"} or not all(map(_is_text, texts)):
        raise ValueError(line)
    return Sent(
        pk, code, version, changes.get("count"), _tidy(changes.get("reason")), place.startswith(PAPER)
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _tidy(reason: str | None) -> str | None:
    return None if reason is None else " ".join(reason.split())


def sent_fields(data: Mapping[str, str], cells: Iterable[Cell | Paper]) -> list[Sent]:
    """What was changed on a whole form, by the cells that it shows: counts under their keys, reasons and what
    was seen beside."""
    return [one for cell in cells if cell.key in data and (one := _field(data, cell))]


def _field(data: Mapping[str, str], cell: Cell | Paper) -> Sent | None:
    mark, reason_seen = _seen(data.get(f"seen-{cell.key}", ""))
    count, reason = data[cell.key].strip(), _tidy(data.get(f"why-{cell.key}"))
    is_new = count != mark.partition(":")[2]
    is_explained = reason is not None and reason != reason_seen
    if not is_new and not is_explained:
        return None
    return Sent(
        cell.pk, cell.code, mark, count if is_new else None, reason if is_explained else None, cell.is_paper
    )  # fmt: skip


def _seen(text: str) -> tuple[str, str]:
    """What the page showed of a cell: its mark, and its reason."""
    mark, _space, reason = text.partition(" ")
    return mark, reason


def as_row(answer: Answer, user: User, names: Mapping[int, list[str]]) -> dict:
    """An answer as the page's script reads it; `names`: code and name by line."""
    told = {"line": answer.key, "state": answer.state}
    if answer.state == REFUSED:
        return told | {"why": answer.why, "who": names.get(answer.pk, [])}
    told |= standing(answer.stored, user)
    return told | {"own": answer.stored.writer == user.pk} if answer.state == CONFLICT else told


def standing(stored: Stored, user: User) -> dict:
    """A count as it stands now, with when and by whom."""
    return {
        "version": stored.mark,
        "at": clock(stored.at),
        "by": writer(stored, user),
        "values": {"count": stored.text, "reason": stored.reason},
    }


def writer(stored: Stored, user: User) -> str:
    if stored.writer == user.pk:
        return _("you, in another window")
    return stored.writer_name or (_("another person") if stored.count is None else _("command line"))


def put_back(
    cells: Iterable[Cell | Paper], sent: Iterable[Sent], answers: Iterable[Answer], user: User
) -> int:
    """What could not be stored stands in its cell as it was typed, with why; how many those are."""
    by_key = {cell.key: cell for cell in cells}
    typed = {one.key: one for one in sent}
    left = [answer for answer in answers if answer.state in (CONFLICT, REFUSED)]
    for answer in left:
        cell, one = by_key.get(answer.key), typed[answer.key]
        if cell:
            cell.typed, cell.typed_reason = one.count, one.reason
            cell.fault = answer.why or _conflict_words(answer.stored, user)
    return len(left)


def _conflict_words(stored: Stored, user: User) -> str:
    words = _("%(by)s changed it to %(count)s; saving again replaces it")
    return words % {"by": writer(stored, user), "count": stored.text or _("blank")}
