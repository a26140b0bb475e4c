"""The counts of a supplement while it is written: chosen, typed, judged; all of it travels in the form."""

from functools import cached_property

from django.http import QueryDict

from assessments.review.supplements.counts import CountCase, CountChange, CountJudged, CountWanted, Key
from assessments.roster.models.counts import Period
from assessments.roster.models.line import Kind
from assessments.rules.count_rule import CountRule
from assessments.rules.models.years import RatingYear
from resolution03.lib.figures import typed_whole, whole

STEPS_OF_COUNTS = ("add_count", "remove_count", "count_of", "count_code", "count_period")
"""Fields that choose a count; what was chosen has a field of its own."""


class CountDraft:
    """What a user has written so far of counts. `typed`: the posted fields, or the address's."""

    def __init__(self, year: RatingYear, unit_id: int, typed: QueryDict):
        self.year, self.unit_id, self.typed = year, unit_id, typed

    @cached_property
    def case(self) -> CountCase:
        stored = CountCase(self.year, self.unit_id, ())
        return CountCase(self.year, self.unit_id, [self._wanted(key, stored) for key in self._keys()])

    @property
    def rows(self) -> list[CountJudged]:
        return self.case.judged

    @property
    def changes(self) -> list[CountChange]:
        return [one.change for one in self.case.judged]

    @property
    def wanted(self) -> list[CountWanted]:
        return list(self.case.wanted.values())

    @property
    def organizations(self) -> list[tuple[str, str]]:
        """Those to choose from: grassroots ones, and others where the year counts of cells."""
        lines = self.case.lines.values()
        of_cells = any(rule.level == "cell" for rule in self.rules)
        return [(line.code, line.name) for line in lines if of_cells or line.kind == Kind.GRASSROOTS]

    @property
    def rules(self) -> list[CountRule]:
        return [rule for rule in self.case.every if rule.level != "unit"]

    @property
    def periods(self) -> list:
        return Period.choices[::-1]

    def _keys(self) -> list[Key]:
        texts = self.typed.getlist("count")
        if "add_count" in self.typed:
            texts = [*texts, "|".join(self.typed.get(name, "") for name in STEPS_OF_COUNTS[2:])]
        kept = dict.fromkeys(text for text in texts if text != self.typed.get("remove_count"))
        found = [tuple(text.rsplit("|", 2)) for text in kept if text.count("|") >= 2]
        return [(one[0], one[1], one[2]) for one in found if one[0] and one[1]]

    def _wanted(self, key: Key, stored: CountCase) -> CountWanted:
        """As typed; one just chosen begins with what stands there."""
        name = "|".join(key)
        rule = stored.rule(key)
        now = stored.known(rule, key).counts.get(rule.code) if rule else None
        if f"number-{name}" not in self.typed:
            return CountWanted(*key, now, now)
        text = self.typed.get(f"number-{name}", "").strip()
        count = typed_whole(text)
        before = self.typed.get(f"before-{name}", "")
        wrong = text if text and count is None else ""
        return CountWanted(*key, whole(before) if before else None, count, wrong)
