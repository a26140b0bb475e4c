"""Indicators made from counts: words, paper and arithmetic of a row that the Board declared (ADR 36)."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from assessments.figures.count_ways import CountOf
from assessments.figures.indicator import Indicator, Paper, Words
from assessments.figures.indicators import BUILT_IN
from assessments.rules.count_rule import CountRule
from assessments.rules.counts_of_year import declared_counts
from assessments.rules.models.counts import Size

FIELD = "dem_"
"""Begins the name of a count in Word templates."""

Rules = Mapping[str, CountRule]
"""Rules by their codes."""


def way_of(rule: CountRule, rules: Rules, redefined: Iterable[int] = ()) -> CountOf:
    """How a count counts; `rules`: those that may be its whole; `redefined`: the years that changed it."""
    wholes = tuple(rules[code] for code in (rule.denominator, rule.less) if code in rules)
    return CountOf(rule, wholes, tuple(redefined))


def made(rule: CountRule, rules: Rules, redefined: Iterable[int] = ()) -> Indicator:
    """The indicator of a count."""
    whole = whole_in_words(rule, rules)
    text = _("%(name)s, added up over those that gave it")
    if whole:
        text = _("%(name)s, of %(whole)s, added up over those that gave both")
    words = Words(
        label=rule.name,
        rule=text % {"name": rule.name, "whole": whole},
        name=rule.name,
        short=rule.short_name,
        base=_("of %(whole)s") % {"whole": whole} if whole else rule.measure,
        noun=rule.measure,
    )
    paper = Paper(FIELD + rule.code.replace("-", "_"), column=rule.short_name, by_unit=rule.short_name)
    return Indicator(rule.code, way_of(rule, rules, redefined), words, paper)


def whole_in_words(rule: CountRule, rules: Rules) -> str:
    """Of what its share is told; empty of a plain count."""
    if rule.denominator:
        words = {"whole": _inside(rule.denominator, rules), "less": _inside(rule.less, rules)}
        return _("%(whole)s less %(less)s") % words if rule.less else words["whole"]
    if not rule.size:
        return ""
    label = str(Size(rule.size).label)
    return _("%(whole)s, each month") % {"whole": label} if rule.is_monthly else label


def _inside(code: str, rules: Rules) -> str:
    """The name of a count as inside a sentence."""
    name = rules[code].name if code in rules else code
    return name[:1].lower() + name[1:]


def indicator_of(code: str) -> Indicator | None:
    """A built-in indicator or that of a count as the Board has it now; None where there is none."""
    return among([code]).get(code)


def among(codes: Iterable[str]) -> dict[str, Indicator]:
    """Those of `codes` that are indicators, by code; two statements where some is none of the built-in."""
    asked = list(dict.fromkeys(codes))
    rules = declared_counts() if any(code not in BUILT_IN for code in asked) else {}
    found = {**BUILT_IN} | {code: made(rules[code], rules) for code in asked if code in rules}
    return {code: found[code] for code in asked if code in found}


def of_counts() -> list[tuple[str, Indicator]]:
    """Those of every count that the Board has declared, each with its group, in the Board's order."""
    rules = declared_counts()
    return [(rule.group, made(rule, rules)) for rule in rules.values()]
