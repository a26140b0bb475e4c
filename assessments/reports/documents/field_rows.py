"""The fields as the page that explains them lists them."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation

from assessments.reports.declared import Matter
from assessments.reports.documents.facts import Facts
from assessments.reports.documents.fields import Field, fields, filled


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One line of the page of fields: how it is written, what it means, what it is now."""

    written: str
    meaning: Any
    example: str = ""
    is_part: bool = False


def filled_rows(matter: Matter | None) -> list[FieldRow]:
    """Every field and its parts, as a template writes them; examples where there is a year."""
    with translation.override("vi"):
        context = filled(Facts(matter), matter.is_target) if matter else {}
    rows: list[FieldRow] = []
    told: list[dict] = []
    for field in fields():
        rows += _rows(field, context.get(field.name), field.parts in told)
        told.append(field.parts or {})
    return rows


def _rows(field: Field, value: Any, is_told: bool) -> list[FieldRow]:
    """The parts of a group or of a list's rows are told where they first occur."""
    if field.parts is None:
        return [FieldRow(f"{{{{ {field.name} }}}}", field.meaning, value or "")]
    if field.is_list:
        head = FieldRow(f"{{% for d in {field.name} %}} … {{% endfor %}}", field.meaning)
        owner, example = "d", (value or [{}])[0]
    else:
        head = FieldRow(f"{{{{ {field.name}.ty_le }}}}", field.meaning, (value or {}).get("ty_le", ""))
        owner, example = field.name, value or {}
    if is_told:
        return [head]
    return [head, *_parts(owner, field.parts, example)]


def _parts(owner: str, parts: dict[str, Any], example: dict) -> list[FieldRow]:
    rows = []
    for name, meaning in parts.items():
        if isinstance(meaning, dict):
            inner = ", ".join(f"{owner}.{name}.{part}" for part in meaning)
            share = _text(example, name, "ty_le")
            rows.append(FieldRow(f"{{{{ {owner}.{name}.ty_le }}}}", inner, share, True))
        else:
            rows.append(FieldRow(f"{{{{ {owner}.{name} }}}}", meaning, _text(example, name), True))
    return rows


def _text(example: dict, *path: str) -> str:
    found: Any = example
    for name in path:
        found = found.get(name, "") if isinstance(found, dict) else ""
    return found if isinstance(found, str) else ""
