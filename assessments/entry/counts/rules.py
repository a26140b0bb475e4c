"""What a check that fails says, in words: where, what was found, what would be right."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from assessments.rules.count_rule import CheckRule, CountRule, Finding, Known, findings
from assessments.rules.models.counts import Register, Relation, Size
from resolution03.lib.figures import number


def warnings(rules: Iterable[CountRule], known: Known) -> list[str]:
    """Sentences about one organization, in the order of its columns."""
    asked = tuple(rules)
    return [words_of(finding, asked) for finding in findings(asked, known)]


def words_of(finding: Finding, rules: Iterable[CountRule]) -> str:
    """One sentence: the count, and what it is held to."""
    names = {rule.code: rule.short_name for rule in rules}
    words = {
        Relation.AT_MOST: _("%(what)s: %(count)s, more than %(bound)s (%(of)s)."),
        Relation.AT_LEAST: _("%(what)s: %(count)s, less than %(bound)s (%(of)s)."),
        Relation.EQUAL: _("%(what)s: %(count)s, not the %(bound)s of the registers (%(of)s)."),
    }[Relation(finding.check.relation)]
    return words % {
        "what": held(finding.rule, finding.check, names),
        "count": number(finding.number),
        "bound": number(finding.bound),
        "of": bound_of(finding.check, names),
    }


def held(rule: CountRule, check: CheckRule, names: Mapping[str, str]) -> str:
    """What a check holds to its bound: the count, so many times, with another one."""
    times = f"{check.times} × {rule.short_name}" if check.times > 1 else rule.short_name
    return f"{times} + {names.get(check.plus, check.plus)}" if check.plus else times


def bound_of(check: CheckRule, names: Mapping[str, str]) -> str:
    """To what a check holds its count."""
    if check.other:
        whole = names.get(check.other, check.other)
        return f"{whole} − {names.get(check.less, check.less)}" if check.less else whole
    if check.size:
        size = str(Size(check.size).label)
        return _("%(size)s, each month") % {"size": size} if check.is_monthly else size
    return str(Register(check.register).label)
