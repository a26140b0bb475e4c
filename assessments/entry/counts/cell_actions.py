"""Writing counts one by one: each is answered for itself, whatever becomes of the others (see actions.py)."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.counting.cells import Read, read
from assessments.entry.counting.judging import Counted
from assessments.entry.counts.actions import save_counts, told_words
from assessments.entry.counts.bodies import OF_LEVEL
from assessments.entry.counts.contradicting import contradictions
from assessments.entry.counts.explaining_actions import LONGEST, explain
from assessments.entry.counts.rules import words_of
from assessments.entry.counts.sent import CONFLICT, REFUSED, SAVED, Answer, Sent
from assessments.entry.counts.stored import BLANK, Stored, stored_counts
from assessments.entry.counts.told import against
from assessments.roster.counts import given
from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule, Finding, Known
from assessments.rules.counts_of_year import counts_of
from assessments.rules.holding import hold_year
from assessments.rules.models.counts import MOST, CountLevel
from assessments.rules.models.years import RatingYear
from orgs.versions import writing
from resolution03.lib.errors import Refusal


@writing()
def save_cells(
    *, by: Actor, year: int, lines: QuerySet, submissions: QuerySet, sent: Iterable[Sent], period: str
) -> list[Answer]:
    """Write what can be written of `sent` into `lines`, and into `submissions` what is counted of units, both
    in the writer's scope. The number of statements does not depend on the number of counts."""
    found, sent = hold_year(year), list(sent)
    rules = counts_of(found)
    levels = {rule.code: rule.level for rule in rules if rule.is_in(period)}
    answers = [_refused(one, _uncounted(one.code)) for one in sent if one.code not in levels]
    for level in dict.fromkeys(levels[one.code] for one in sent if one.code in levels):
        rows = submissions if level == CountLevel.UNIT else lines
        group = [one for one in sent if levels.get(one.code) == level]
        answers += _Level(by, found, period, level, rows, rules, group).answers()
    return answers


class _Level:
    """What was sent of the organizations of one level; `places`: organization by line or submission."""

    def __init__(
        self,
        by: Actor,
        year: RatingYear,
        period: str,
        level: str,
        rows: QuerySet,
        rules: tuple[CountRule, ...],
        sent: list[Sent],
    ):
        self.by, self.year, self.period, self.level, self.rows = by, year, period, level, rows
        self.rules = tuple(rule for rule in rules if rule.level == level)
        self.names = {rule.code: rule.short_name for rule in rules}
        self.sent = sent
        place = "unit_id" if level == CountLevel.UNIT else "organization_id"
        found = rows.filter(year=year, pk__in={one.pk for one in sent}, **OF_LEVEL.get(level, {}))
        self.places: dict[int, int] = dict(found.values_list("pk", place))
        self.stored = self._stand()
        self.refused: dict[str, str] = {}
        self.conflicts: set[str] = set()

    def answers(self) -> list[Answer]:
        for one in self.sent:
            self._look_at(one)
        self._save(self._typed())
        self._explain()
        self.stored = self._stand()
        return [self._answer(one) for one in self.sent]

    def _stand(self) -> Mapping[tuple[int, str], Stored]:
        return stored_counts(self.year, self.period, list(self.places.values()))

    def _of(self, one: Sent) -> Stored:
        return self.stored.get((self.places.get(one.pk, 0), one.code), BLANK)

    def _look_at(self, one: Sent) -> None:
        """What is wrong with it alone, or changed since it was seen."""
        stored, typed = self._of(one), _read(one)
        if one.pk not in self.places:
            self.refused[one.key] = _("Not in the roster of this year.")
        elif typed.fault:
            self.refused[one.key] = typed.fault
        elif one.reason is not None and len(one.reason) > LONGEST:
            words = _("a reason has at most %(most)s characters, found %(count)s")
            self.refused[one.key] = words % {"most": LONGEST, "count": len(one.reason)}
        elif one.mark != stored.mark and not _is_there(one, typed, stored):
            self.conflicts.add(one.key)

    def _is_left(self, one: Sent) -> bool:
        return one.key not in self.refused and one.key not in self.conflicts

    def _typed(self) -> dict[int, dict[str, int | None]]:
        """Numbers that change something, by line and code, without those that cannot stand."""
        found: dict[int, dict[str, int | None]] = {}
        for one in self.sent:
            if one.count is not None and self._is_left(one):
                number = _read(one).number
                if number != self._of(one).count:
                    found.setdefault(one.pk, {})[one.code] = number
        return self._standing(found)

    def _standing(self, typed: dict[int, dict[str, int | None]]) -> dict[int, dict[str, int | None]]:
        if any(_needs_known(self.rules, after) for after in typed.values()):
            known = given.YearCounts(self.year, self._roster(), self.period).known(self.level)
            for pk, after in typed.items():
                self._sort_out(pk, after, known[self.places[pk]])
        return typed

    def _sort_out(self, pk: int, after: dict[str, int | None], known: Known) -> None:
        told = [rule for rule in self.rules if rule.code in after and given.is_told(rule, known)]
        for rule in told:
            self.refused[f"{pk}:{rule.code}"] = told_words(rule)
            del after[rule.code]
        for code, finding in contradictions(self.rules, known, after).items():
            self.refused[f"{pk}:{code}"] = self._words(finding, code)
            del after[code]

    def _words(self, finding: Finding, code: str) -> str:
        if finding.rule.code == code:
            return against(finding, self.names)
        return words_of(finding, self.rules)

    def _roster(self) -> RatedLineQuerySet:
        lines = OrganizationLine.objects.filter(year=self.year)
        if self.level == CountLevel.UNIT:
            return lines.filter(unit__in=self.places.values())
        return lines.filter(pk__in=self.places)

    def _save(self, typed: Mapping[int, dict[str, int | None]]) -> None:
        entries = [
            Counted(
                pk, {code: self.stored.get((self.places[pk], code), BLANK).count for code in after}, after
            )
            for pk, after in typed.items()
            if after
        ]
        if not entries:
            return
        outcome = save_counts(
            by=self.by,
            year=self.year.pk,
            lines=self.rows,
            entries=entries,
            period=self.period,
            level=self.level,
        )
        for pk, why in outcome.refused.items():
            for code in typed[pk]:
                self.refused[f"{pk}:{code}"] = " ".join(why)

    def _explain(self) -> None:
        """All reasons or none: they are typed one by one."""
        texts = {
            (one.pk, one.code): one.reason
            for one in self.sent
            if one.reason is not None and self._is_left(one)
        }
        if not texts:
            return
        try:
            explain(
                by=self.by,
                year=self.year.pk,
                lines=self.rows,
                reasons=texts,
                period=self.period,
                level=self.level,
            )
        except Refusal as refusal:
            for pk, code in texts:
                self.refused[f"{pk}:{code}"] = str(refusal)

    def _answer(self, one: Sent) -> Answer:
        if why := self.refused.get(one.key):
            return _refused(one, why)
        return Answer(one.pk, one.key, CONFLICT if one.key in self.conflicts else SAVED, self._of(one))


def _read(one: Sent) -> Read:
    return read(one.count or "", MOST)


def _is_there(one: Sent, typed: Read, stored: Stored) -> bool:
    """Whether what was sent stands already, as after an answer that was lost."""
    return one.count in (None, stored.text) and one.reason in (None, stored.reason)


def _needs_known(rules: Iterable[CountRule], codes: Iterable[str]) -> bool:
    """Whether the registers may tell one of `codes`, or a hard check compares it."""
    wanted = set(codes)
    return any(rule.is_computed and rule.code in wanted for rule in rules) or any(
        check.is_hard and wanted & {rule.code, check.plus, check.other, check.less}
        for rule in rules
        for check in rule.checks
    )


def _refused(one: Sent, why: str) -> Answer:
    return Answer(one.pk, one.key, REFUSED, why=why)


def _uncounted(code: str) -> str:
    return _("“%(code)s” is not counted in this year.") % {"code": code}
