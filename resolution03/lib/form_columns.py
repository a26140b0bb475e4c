"""The columns of report forms: what they are headed, how they are written, computed and added up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]
"""Column key → value of one row."""


@dataclass(frozen=True)
class FormColumn:
    """One column of a form.

    `formula` is written with `{key}` for the cell of another column in the same row; `compute`
    takes the row's values and gives what the formula gives. `label` stands after the number in
    the number row, with `{key}` for the numbers of other columns. `total`: what the last row
    shows, `sum`, `count`, `formula` (the column's own) or nothing. `is_own`: its texts are the
    form's own words, to be spelled as the office spells. `is_cut`: a thick line before the column
    says that it is not compared with the one before.
    """

    key: str
    heading: str
    fmt: str = "number"
    width: float = 8
    group: str = ""
    formula: str = ""
    compute: Callable[[Values], Any] | None = None
    label: str = ""
    total: str = ""
    is_own: bool = False
    is_cut: bool = False


def share(key: str, part: str, whole: str, compute: Callable, **options: Any) -> FormColumn:
    """A percentage column: `part` of `whole`, two places, half up, blank where whole is 0.

    `compute(part, whole)` gives the cached value.
    """
    return FormColumn(
        key,
        options.pop("heading", "%"),
        "share",
        options.pop("width", 7),
        formula=share_formula(f"{{{part}}}", f"{{{whole}}}"),
        compute=lambda values: compute(values.get(part) or 0, values.get(whole)),
        label=f"{{{part}}}*100/{{{whole}}}",
        total="formula",
        **options,
    )


def share_formula(part: str, whole: str) -> str:
    """Rounded on ten-thousandths, so that halves stay exact in binary numbers."""
    return f'IF({whole}=0,"",ROUND({part}*10000/{whole},0)/100)'


def added(key: str, heading: str, parts: Sequence[str], **options: Any) -> FormColumn:
    """A column that adds others."""
    keys = "+".join(f"{{{part}}}" for part in parts)
    return FormColumn(
        key,
        heading,
        formula=keys,
        label=keys if len(parts) < 6 else "",
        compute=lambda values: sum(values.get(part) or 0 for part in parts),
        total="formula",
        **options,
    )
