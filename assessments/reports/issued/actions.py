"""Handing out reports: every one is entered in the ledger, and its file kept as it left."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.db.models import Max
from django.utils import timezone

from accounts.actors import Actor
from assessments.reports import declared
from assessments.reports.issued.keeping import content_of
from assessments.reports.issued.models import IssuedReport
from assessments.reports.issued.standing import Standing, standing
from assessments.reports.issued.told import Told, told
from assessments.reports.issued.vouching import NotVouchedFor, disagreements
from assessments.rules.holding import hold_year, writing_years
from assessments.rules.models.years import RatingYear
from orgs import audit
from orgs.versions import writing
from resolution03.lib.keeping import REPORTS, Lost
from resolution03.lib.snapshots import one_snapshot

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Built:
    """A report made under a number that nobody had then, from the data of one moment; `wrong`: where its
    control sheet does not agree."""

    matter: declared.Matter
    content: bytes
    told: Told
    standing: Standing
    wrong: list[str]


class _NumberTaken(Exception):
    """Another report was entered under the number meanwhile."""


def download(report: declared.Report, matter: declared.Matter, *, by: Actor, purpose: str = "") -> bytes:
    """The report's bytes, entered in the ledger."""
    return content_of(issue(report, matter, by=by, purpose=purpose))


def issue(
    report: declared.Report,
    matter: declared.Matter,
    *,
    by: Actor,
    purpose: str = "",
    anew: bool = False,
) -> IssuedReport:
    """Enter a report in the ledger and keep its file.

    While it would say the same as when it was last issued, that issue is handed out again;
    `anew` gives it a new number and today's date nevertheless. NotVouchedFor, and nothing kept, when
    its control sheet does not agree.
    """
    last = None if anew else _last(report, matter)
    if last and _says_the_same(report, matter, last):
        hand_out(last, by=by, purpose=purpose)
        return last
    # Built before anybody has to wait; built again where another report took its number meanwhile.
    for attempt in range(ATTEMPTS):
        built = _build(report, matter)
        try:
            return _kept(report, built, by=by, purpose=purpose, is_last=attempt == ATTEMPTS - 1)
        except _NumberTaken:
            continue
    raise LookupError(report.slug)


def _kept(report: declared.Report, built: Built, *, by: Actor, purpose: str, is_last: bool) -> IssuedReport:
    stored_as: list[str] = []
    try:
        return _enter(report, built, stored_as, by=by, purpose=purpose, is_last=is_last)
    except BaseException:
        for name in stored_as:
            REPORTS.drop(name)
        raise


@writing()
def hand_out(issued: IssuedReport, *, by: Actor, purpose: str = "") -> bytes:
    """An issued report again, equal byte for byte; Lost when its file is gone or was changed."""
    content = content_of(issued)
    _record(issued, by=by, action="report.again", purpose=purpose)
    return content


def _last(report: declared.Report, matter: declared.Matter) -> IssuedReport | None:
    found = matter.year.issued_reports.filter(slug=report.slug, unit=matter.unit_id)
    return found.order_by("-number").first()


def _says_the_same(report: declared.Report, matter: declared.Matter, last: IssuedReport) -> bool:
    """Whether today's data give the very file that was issued, number and moment aside. A workbook bears
    the revision of its year on every sheet."""
    if report.is_workbook and last.revision != matter.year.revision:
        return False
    try:
        kept = content_of(last)
    except Lost:
        return False
    stamp = datetime.fromisoformat(last.figures["read_at"])
    return report.build(replace(matter, stamp=stamp, number=last.number)) == kept


@one_snapshot()
def _build(report: declared.Report, matter: declared.Matter) -> Built:
    year = RatingYear.objects.select_related("scheme", "province").get(pk=matter.year.pk)
    matter = replace(matter, year=year, stamp=timezone.now(), number=_next_number(year))
    content = report.build(matter)
    wrong = disagreements(content) if report.is_workbook else []
    return Built(matter, content, told(matter), standing(matter), wrong)


def _next_number(year: RatingYear) -> int:
    return (year.issued_reports.aggregate(last=Max("number"))["last"] or 0) + 1


@writing_years()
def _enter(
    report: declared.Report, built: Built, stored_as: list[str], *, by: Actor, purpose: str, is_last: bool
) -> IssuedReport:
    """One at a time, so that numbers have no gaps. A report whose number is taken again and again is
    built while all years are held, so that it is of one moment, too."""
    year = hold_year(built.matter.year.pk)
    if built.matter.number != _next_number(year):
        if not is_last:
            raise _NumberTaken
        built = _build(report, built.matter)
    if built.wrong:
        raise NotVouchedFor(built.wrong)
    matter = built.matter
    stored_as.append(REPORTS.keep(built.content).stored_as)
    issued = year.issued_reports.create(
        number=matter.number or _next_number(year),
        unit_id=matter.unit_id,
        slug=report.slug,
        revision=matter.year.revision,
        by=by.user,
        by_name=by.name,
        file_name=declared.file_name(report, year, matter.unit),
        sha256=sha256(built.content).hexdigest(),
        stored_as=stored_as[0],
        is_of_persons=report.is_of_persons,
        purpose=purpose,
        figures=built.told,
        standing=built.standing,
    )
    _record(issued, by=by, action="report.download", purpose=purpose)
    return issued


def _record(issued: IssuedReport, *, by: Actor, action: str, purpose: str) -> None:
    after = {
        "report": issued.slug,
        "number": issued.mark,
        "unit": issued.unit.code if issued.unit else "",
        "revision": issued.revision,
        "sha256": issued.sha256,
    }
    change = audit.Change(issued.year, {}, after, issued.unit_id, code=str(issued.year_id))
    audit.record([change], by=by, action=action, reason=purpose)
