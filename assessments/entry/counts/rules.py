"""A check of a count in words: what it asks; what one that fails says, and what would be right."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

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
        Relation.EQUAL: _("%(what)s: %(count)s, not the %(bound)s of the registers (%(of)s).")
        if finding.check.register
        else _("%(what)s: %(count)s, not %(bound)s (%(of)s)."),
    }[Relation(finding.check.relation)]
    return words % {
        "what": held(finding.rule, finding.check, names),
        "count": number(finding.number),
        "bound": number(finding.bound),
        "of": bound_of(finding.check, names),
    }


def sentence(name: str, check: CheckRule, names: Mapping[str, str] | None = None) -> str:
    """What a check asks of the count called `name`, in signs: “12 × … ≤ …”; and what becomes of a number that
    fails it. `names`: of counts by their codes."""
    names = names or {}
    bound = bound_of(check, names) if check.other or check.size or check.register else "…"
    words = f"{_held(name, check, names)} {_label(Relation.choices, check.relation)} {bound}"
    return _("%(check)s: else refused") % {"check": words} if check.is_hard else words


def whole_of(rule: CountRule, names: Mapping[str, str]) -> str:
    """Of what a count is a share, or so many for each one of it; empty where of nothing."""
    if not rule.has_share:
        return ""
    whole = bound_of(CheckRule(other=rule.denominator, less=rule.less, size=rule.size), names)
    if rule.is_monthly:
        of_half, of_year = _("%(size)s × 12 months (half-year: × 6)"), _("%(size)s × 12 months")
        whole = (of_half if rule.period == "half" else of_year) % {"size": whole}
    return _("for each one of: %(whole)s") % {"whole": whole} if rule.is_average else f"/ {whole}"


KEPT = {name: getattr(CheckRule(), name) for name in CheckRule.__dataclass_fields__}


def kept(check: CheckRule, names: Mapping[str, str]) -> dict:
    """A check as the trail keeps it: with the names of counts, without what it leaves to be understood."""
    plus, other, less = (names.get(code, "") for code in (check.plus, check.other, check.less))
    told = asdict(replace(check, plus=plus, other=other, less=less))
    return {name: value for name, value in told.items() if value != KEPT[name]}


def told(value: object, state: Mapping) -> str:
    """The checks of a count as the trail keeps them, each as a sentence."""
    rows = value if isinstance(value, list) else []
    name = str(state.get("short_name") or _("this count"))
    checks = [{key: one for key, one in row.items() if key in KEPT} for row in rows if isinstance(row, dict)]
    return "; ".join(sentence(name, CheckRule(**check)) for check in checks) or "–"


def held(rule: CountRule, check: CheckRule, names: Mapping[str, str]) -> str:
    """What a check holds to its bound: the count, so many times, with another one."""
    return _held(rule.short_name, check, names)


def _held(name: str, check: CheckRule, names: Mapping[str, str]) -> str:
    times = f"{check.times} × {name}" if check.times > 1 else name
    return f"{times} + {names.get(check.plus, check.plus)}" if check.plus else times


def bound_of(check: CheckRule, names: Mapping[str, str]) -> str:
    """To what a check holds its count."""
    if check.other:
        whole = names.get(check.other, check.other)
        return f"{whole} − {names.get(check.less, check.less)}" if check.less else whole
    if check.size:
        size = _label(Size.choices, check.size)
        return _("%(size)s, each month") % {"size": size} if check.is_monthly else size
    return _label(Register.choices, check.register)


def _label(choices: Iterable[tuple[str, object]], value: str) -> str:
    return str(dict(choices).get(value, value))
