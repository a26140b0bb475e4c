"""Whether everything that lists went through since the Board held them is kept, once, and answered or
waiting: each row's changes are walked from the first to what stands."""

from itertools import groupby

from assessments.roster import seen
from assessments.roster.models.line import RatedLine
from assessments.roster.models.list_changes import ChangeState, ListChange, Listed
from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.seen import SEEN, State
from assessments.rules.models.years import Submission

_STANDING = {part: model for model, part in seen.PARTS.items()}


def standing(year: int) -> dict[tuple[str, int], State]:
    """Every row of the lists of a year as it stands, by letter and whose it is."""
    found: dict[tuple[str, int], State] = {}
    for part, model in {**_STANDING, **dict.fromkeys(MovementKind.values, Movement)}.items():
        listed = seen.LISTED.get(part, Listed.MEMBER)
        for values in _lines(year, part).values(model.listed, *SEEN[part]):
            who = values.pop(model.listed)
            found.setdefault((listed, who), {})[part] = _plain(values)
    return found


def lost(year: int, before: dict[tuple[str, int], State]) -> list[str]:
    """Rows of submitted and accepted units that are other than they were, of which nothing is kept."""
    units = Submission.objects.filter(year=year, state__in=("submitted", "accepted"))
    now = standing(year)
    found = []
    for submission in units:
        kept = set(submission.list_changes.values_list("listed", "who"))
        for key in {*before, *now} - kept:
            was, is_now = (seen.in_unit(state.get(key, {}), submission.unit_id) for state in (before, now))
            if seen.differ(was, is_now):
                found.append(f"{submission.code} {key}: {was} → {is_now}")
    return found


def faults() -> list[str]:
    """What is lost, doubled or unseen, in words; of submitted and accepted units of open years."""
    rows = ListChange.objects.filter(submission__state__in=("submitted", "accepted"))
    found = []
    ordered = rows.select_related("submission").order_by("submission", "listed", "who", "pk")
    for key, group in groupby(ordered, key=lambda row: (row.submission_id, row.listed, row.who)):
        found += [f"{key}: {fault}" for fault in _of_row(list(group))]
    return found


def _of_row(rows: list[ListChange]) -> list[str]:
    submission = rows[0].submission
    known: State = {}
    for row in rows:
        known = row.before | known
        if row.state == ChangeState.CONFIRMED and row.by_name == row.answered_by_name:
            known = known | seen.rebased(known, row.before, row.after)
        elif row.state in (ChangeState.CONFIRMED, ChangeState.SENT, ChangeState.RETURNED):
            known = known | row.after
    parts = {part for row in rows for part in row.after}
    now = {part: _stands(submission.year_id, part, rows[0].who) for part in parts}
    known, now = (seen.in_unit(state, submission.unit_id) for state in (known, now))
    waiting = [row for row in rows if row.is_waiting]
    if len(waiting) > 1:
        return ["waits twice"]
    if seen.differ(known, now) != bool(waiting):
        return [f"{'unseen' if not waiting else 'waits for nothing'}: {known} → {now}"]
    for row in waiting:
        if seen.differ(seen.in_unit(row.after, submission.unit_id), {part: now[part] for part in row.after}):
            return [f"waits with {row.after}, stands as {now}"]
    return []


def _stands(year: int, part: str, who: int) -> dict | None:
    key = _STANDING.get(part, Movement).listed
    values = _lines(year, part).filter(**{key: who}).values(*SEEN[part]).first()
    return values and _plain(values)


def _lines(year: int, part: str):
    model = _STANDING.get(part, Movement)
    rows = model.objects.filter(year=year).order_by()
    if model is Movement:
        return rows.filter(kind=part)
    return rows.filter(dropped=False) if issubclass(model, RatedLine) else rows


def _plain(values: dict) -> dict:
    return {name: seen._plain(value) for name, value in values.items()}
