"""What a cap allows of a list, and what it holds."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.rules.year_rules import CapRule
from resolution03.lib import figures
from resolution03.lib.figures import hundredths

UNRATED = ""
"""The key of `counts` under which those without a level stand."""


@dataclass(frozen=True)
class Ceiling:
    """A cap with the counts of its group; `place`: the group's name where the list has several."""

    rule: CapRule
    counts: Counter
    place: str = ""
    groups_over: int = 0

    @property
    def label(self) -> str:
        base = _("of those rated") if self.rule.base == "rated" else self.rule.base_level_code
        return gettext("Cap on %(level)s, %(percent)s%% %(base)s") % {
            "level": self.rule.level_code,
            "percent": figures.plain(self.rule.percent),
            "base": base,
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
        return self.counts[self.rule.level_code]

    @property
    def over(self) -> int:
        return max(0, self.used - self.allowed)

    def as_data(self) -> dict:
        return {
            "level": self.rule.level_code,
            "percent": hundredths(self.rule.percent),
            "base": self.rule.base_level_code if self.rule.base == "level" else None,
            "byGroup": self.rule.group == "grassroots",
        }
