"""What a cap allows of a group, and what the group holds: one place for review, grid, page and form."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.targets import CapBase
from assessments.rules.year_rules import CapRule
from resolution03.lib.figures import plain

UNRATED = ""
"""The key of `counts` under which those without a level stand."""


@dataclass(frozen=True)
class Ceiling:
    """A cap with the counts of its group; `place`: the group's name where the list has several."""

    rule: CapRule
    counts: Mapping[str, int]
    place: str = ""
    groups_over: int = 0

    @property
    def label(self) -> str:
        is_of_rated = self.rule.base == CapBase.RATED
        return gettext("Cap on %(level)s, %(percent)s%% %(base)s") % {
            "level": self.rule.level_code,
            "percent": plain(self.rule.percent),
            "base": _("of those rated") if is_of_rated else self.rule.base_level_code,
        }

    @property
    def base(self) -> int:
        return self.rule.base_of(self._levels)

    @property
    def allowed(self) -> int:
        return self.rule.allowance(self._levels)

    @property
    def _levels(self) -> dict[str, int]:
        return {key: count for key, count in self.counts.items() if key != UNRATED}

    @property
    def used(self) -> int:
        return self.counts.get(self.rule.level_code, 0)

    @property
    def over(self) -> int:
        return max(0, self.used - self.allowed)
