"""Supplements (báo cáo bổ sung) to a closed year: the unit files, the Board accepts or declines.

Filing changes no figure; accepting makes the next revision of the year (ADR 13).
"""

import uuid
from collections import Counter
from collections.abc import Collection

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.review.supplements.case import Case, Judged, Wanted
from assessments.review.supplements.count_actions import file_counts, write_counts
from assessments.review.supplements.counts import CountCase, CountWanted, case_of
from assessments.review.supplements.judging import WRITTEN, require, tidy
from assessments.review.supplements.models import Supplement, SupplementLine, SupplementState
from assessments.review.supplements.rules import DECISION
from assessments.roster import tallies
from assessments.roster.kept import keep_revision
from assessments.roster.models.lines import BY_LETTER, RatedLine
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.holding import hold_year
from assessments.rules.models.years import RatingYear, RevisionKind, Submission
from assessments.rules.ratings import LEVEL_FIELDS
from orgs import audit
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib.errors import Refusal


@writing()
def file_supplement(
    *,
    by: Actor,
    year: RatingYear,
    unit: Organization,
    wanted: Collection[Wanted],
    reason: str,
    decision: dict,
    counts: Collection[CountWanted] = (),
) -> Supplement:
    """File what a unit adds to or corrects in its closed year; the Board answers it.

    `decision`: deciding_body, decision_number, decided_on; `counts`: of parts II and III. Refusal, with
    nothing stored, names every line and count that cannot become what is wanted.
    """
    locked = hold_year(year.pk)
    case = Case(locked, unit.pk, wanted)
    decision = {name: tidy(decision.get(name)) for name in DECISION}
    of_counts = CountCase(locked, unit.pk, counts)
    require(case, of_counts, tidy(reason), decision)
    earlier = Supplement.objects.filter(year=locked, unit=unit)
    filed = Supplement.objects.create(
        year=locked,
        unit=unit,
        reason=tidy(reason),
        filed_by=by.account,
        **decision,
        number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
    )
    SupplementLine.objects.bulk_create(_line(filed, case, one) for one in case.judged)
    file_counts(filed, of_counts)
    after = {"year": locked.pk, "number": filed.number, "state": SupplementState.FILED.value}
    _record(filed, {}, after, by=by, action="supplement.file", reason=filed.reason)
    return filed


@writing()
def accept_supplement(*, by: Actor, supplement: Supplement, answer: str = "") -> Supplement:
    """Write the lines of a supplement and make it a revision of its year, once.

    Refusal names the lines that changed, or that something else stands for, since it was filed.
    """
    found = _locked(supplement)
    year = found.year
    if not year.is_closed:
        text = _("Year %(year)s is reopened: accept after it is closed again, or decline.")
        raise Refusal(text % {"year": year})
    case = Case(year, found.unit_id, [Wanted.of(line) for line in found.lines.all()])
    counts = case_of(found)
    if case.has_faults or counts.has_faults:
        raise Refusal(*case.reasons(), *counts.reasons())
    batch = _write(case, found, by=by)
    write_counts(counts, found, by=by, batch=batch)
    year.revision += 1
    year.save(update_fields=["revision"])
    keep_revision(year, by=by, kind=RevisionKind.SUPPLEMENT, reason=found.reason)
    _answer(found, SupplementState.ACCEPTED, answer, by=by, batch=batch, revision=year.revision)
    return found


@writing()
def decline_supplement(*, by: Actor, supplement: Supplement, answer: str) -> Supplement:
    """Give a supplement back with an answer; nothing of the year changes."""
    found = _locked(supplement)
    if not tidy(answer):
        raise Refusal(_("Write why it is declined: the unit reads it as it stands."), field="answer")
    _answer(found, SupplementState.DECLINED, answer, by=by, batch=uuid.uuid4())
    return found


def _locked(supplement: Supplement) -> Supplement:
    """The supplement, locked after its year, while nobody has answered it."""
    year = hold_year(supplement.year_id)
    rows = Supplement.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "filed_by")
    found = rows.prefetch_related("lines__self_rated", "lines__decided").get(pk=supplement.pk)
    if not found.is_filed:
        raise Refusal(_("It was answered already: %(state)s.") % {"state": found.get_state_display()})
    found.year = year
    return found


def _line(filed: Supplement, case: Case, one: Judged) -> SupplementLine:
    wanted, after = one.wanted, one.wanted.after
    return SupplementLine(
        supplement=filed,
        version=wanted.version,
        reason=after["reason"],
        awarded=bool(after["awarded"]),
        self_rated=case.level(wanted.letter, after["self_rated"]),
        decided=case.level(wanted.letter, after["decided"]),
        **{one.line.link: one.line},
    )


def _write(case: Case, found: Supplement, *, by: Actor) -> uuid.UUID:
    """Write every line, keep what it was, move the tallies; the batch of the trail."""
    RatingRevision.objects.bulk_create(_revision(one, found, by) for one in case.judged)
    deltas: Counter = Counter()
    for one in case.judged:
        place = (case.year.pk, found.unit_id)
        deltas.update({(*place, *key): -1 for key in _counted(one.line)})
        _apply(one, case, found)
        deltas.update({(*place, *key): 1 for key in _counted(one.line)})
    for letter, model in BY_LETTER.items():
        lines = [one.line for one in case.judged if one.wanted.letter == letter]
        model.objects.bulk_update(lines, [*WRITTEN, *model.also])
    tallies.shift_many(deltas)
    changes = [
        audit.Change(one.line, one.before, one.wanted.after, found.unit_id, one.code) for one in case.judged
    ]
    return audit.record(changes, by=by, action="rating.supplement", reason=found.reason)


def _counted(line: RatedLine) -> list[tuple[str, str]]:
    """Under which subjects and keys the line counts."""
    title = tallies.title_of(line)
    return [(line.subject, tallies.key_of(line)), *([title] if title else [])]


def _apply(one: Judged, case: Case, found: Supplement) -> None:
    """The line as wanted, by the decision of the supplement; `accepted` stays as it was."""
    line, after = one.line, one.wanted.after
    line.self_rated = case.level(one.wanted.letter, after["self_rated"])
    line.decided = case.level(one.wanted.letter, after["decided"])
    line.reason = after["reason"]
    for name in line.also:
        setattr(line, name, bool(after[name]))
    for name in DECISION:
        setattr(line, name, getattr(found, name))
    line.version += 1
    line.updated_at, line.updated_by = timezone.now(), found.filed_by


def _revision(one: Judged, found: Supplement, by: Actor) -> RatingRevision:
    line = one.line
    kept = {name: getattr(line, name) for name in ("version", "reason", *line.also, *DECISION)}
    kept |= {f"{name}_id": getattr(line, f"{name}_id") for name in LEVEL_FIELDS}
    return RatingRevision(**{line.link: line}, **kept, replaced_by=by.user, why=found.reason)


def _answer(
    found: Supplement,
    state: SupplementState,
    answer: str,
    *,
    by: Actor,
    batch: uuid.UUID,
    **more,
) -> None:
    before = {"state": found.state}
    found.state, found.answer = state, tidy(answer)[:300]
    found.answered_by, found.answered_at = by.user, timezone.now()
    found.save()
    verb = "accept" if state == SupplementState.ACCEPTED else "decline"
    _record(
        found,
        before,
        {"state": state.value, **more},
        by=by,
        action=f"supplement.{verb}",
        reason=found.answer,
        batch=batch,
    )


def _record(found: Supplement, before: dict, after: dict, *, by: Actor, action: str, **rest) -> None:
    code = Submission.objects.filter(year=found.year_id, unit=found.unit_id).values_list("code", flat=True)
    change = audit.Change(found, before, after, found.unit_id, code.first() or found.unit.code)
    audit.record([change], by=by, action=action, **rest)
