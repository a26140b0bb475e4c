"""What a change of a rule will do, as it is shown before it is done: the rule before and after, the figures
of open years, how many units' verdicts turn."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from assessments.figures import caps
from assessments.figures.foreseen import Foreseen
from assessments.figures.indicators import INDICATORS
from assessments.registers.preview.shown import Preview, preview_of
from assessments.review.rulebook import over_caps, sets_turned
from assessments.rules.models.schemes import Reading
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import AuditEntry
from orgs.trail import ReadEntry, read_entries
from resolution03.lib.figures import number

ENTRIES = 40
Sentences = Callable[[], Iterable[str]]


def nothing_more() -> Iterable[str]:
    return ()


class AskingRule:
    """As `registers.preview.asking.Asking`, of a rule. `confirmed`: the key of what was shown before;
    `at_once`: words alone need no confirmation; `more`: what else the act does to open years, in words."""

    def __init__(self, by: Actor, *, confirmed: str, at_once: bool = False, more: Sentences = nothing_more):
        self.by, self.confirmed, self.at_once, self.more = by, confirmed, at_once, more
        self.preview = Preview()
        self.stands = False

    def __call__(self, foreseen: Foreseen[UUID]) -> bool:
        user = self.by.account
        rows = AuditEntry.objects.visible_to(user).filter(batch=foreseen.result)
        told = rows.filter(action__startswith="rules.").order_by("pk")[:ENTRIES]
        entries = _named(read_entries(told, user))
        sentences = [words for year in foreseen.years for words in _of_year(foreseen, year)]
        sentences += self.more()
        self.preview = preview_of(foreseen, user, sentences=sentences, entries=entries)
        is_small = self.at_once and self.preview.is_text and not sentences
        self.stands = is_small or not entries or self.preview.key == self.confirmed
        return self.stands


def _named(entries: list[ReadEntry]) -> list[ReadEntry]:
    """Of two readings of one word each is called by its own name."""
    label = Reading._meta.label_lower
    found = (read.entry for read in entries if read.entry.object_type == label)
    keys = [entry.object_id for entry in found if entry.object_id]
    names = dict(Reading.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
    return [
        replace(read, code=f"{read.code} “{names[read.entry.object_id]}”")
        if read.entry.object_type == label and read.entry.object_id in names
        else read
        for read in entries
    ]


def _of_year(foreseen: Foreseen[UUID], year: RatingYear) -> Iterator[str]:
    units = list(Submission.objects.filter(year=year).values_list("unit_id", flat=True))
    for indicator in INDICATORS.values():
        turned = [_verdicts(foreseen, indicator.code, year.pk, unit) for unit in units]
        for met, words in ((True, _turned_met), (False, _turned_unmet)):
            if count := turned.count((not met, met)):
                yield words(count) % {"year": year.pk, "n": number(count), "target": indicator.words.name}
        before, after = (caps.sentence(board, indicator, year) for board in (foreseen.before, foreseen.after))
        if before != after:
            told = {"year": year.pk, "target": indicator.words.name, "words": after or _("no cap")}
            yield _("%(year)s, %(target)s: %(words)s") % told
    yield from sets_turned.sentences(foreseen, year, units)
    yield from over_caps.sentences(foreseen, year)


def _verdicts(foreseen: Foreseen[UUID], code: str, year: int, unit: int) -> tuple[bool | None, bool | None]:
    before, after = foreseen.before, foreseen.after
    return before.figure(code, year, unit).met, after.figure(code, year, unit).met


def _turned_met(count: int) -> str:
    return ngettext(
        "%(year)s, %(target)s: %(n)s unit turns from not met to met",
        "%(year)s, %(target)s: %(n)s units turn from not met to met",
        count,
    )


def _turned_unmet(count: int) -> str:
    return ngettext(
        "%(year)s, %(target)s: %(n)s unit turns from met to not met",
        "%(year)s, %(target)s: %(n)s units turn from met to not met",
        count,
    )
