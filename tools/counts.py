#!/usr/bin/env python3
"""The counts with which a database begins, as tables of docs/counts.md.

python tools/counts.py     writes the tables anew; the words around them stay
"""

import os
import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "counts.md"
BEGIN, END = "<!-- counts -->", "<!-- end of counts -->"
HEAD = ("Code", "Name", "Clause", "Level", "Period", "Source", "Share", "Checks")
sys.path.insert(0, str(ROOT))


def tables() -> str:
    """A table for each group, in English, counts by their codes."""
    from django.utils.translation import override

    with override("en"):
        rules = _rules()
        parts = []
        for group, rows in groupby(rules, key=lambda rule: rule.group):
            lines = [HEAD, ("--",) * len(HEAD), *(_row(rule, rules) for rule in rows)]
            parts += [f"## {group}", "\n".join(f"| {' | '.join(cells)} |" for cells in lines)]
    return "\n\n".join(parts)


def _rules() -> list:
    from assessments.rules.count_rule import CheckRule, CountRule
    from assessments.rules.reference_counts import declared

    kept = CountRule.__dataclass_fields__
    return [
        CountRule(
            **{name: value for name, value in row.items() if name in kept and name != "checks"},
            checks=tuple(CheckRule(**check) for check in row["checks"]),
        )
        for row in declared()
    ]


def _row(rule, rules: list) -> tuple[str, ...]:
    from assessments.entry.counts.rules import sentence, whole_of
    from assessments.rules.models.counts import CountLevel, CountPeriod, CountSource, Register

    names = {one.code: f"`{one.code}`" for one in rules}
    checks = (sentence("this", check, names) for check in rule.checks)
    source = str(CountSource(rule.source).label)
    return (
        names[rule.code],
        rule.name,
        rule.clause,
        str(CountLevel(rule.level).label),
        str(CountPeriod(rule.period).label),
        f"{source}: {Register(rule.register).label}" if rule.register else source,
        whole_of(rule, names) or "–",
        "; ".join(checks) or "–",
    )


def written() -> str:
    """The document with the tables as they should stand there."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolution03.settings")
    import django

    django.setup()
    DOCUMENT.write_text(written(), encoding="utf-8")
