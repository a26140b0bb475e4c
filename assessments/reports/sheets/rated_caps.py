"""The columns of the forms 01 to 03 that hold the levels against their caps."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from assessments.reports.building import formulas
from assessments.rules.cap_rule import CapRule
from assessments.rules.models.caps import CapGroup
from resolution03.lib.figures import plain
from resolution03.lib.form_columns import FormColumn

_GROUPS: dict[str, str] = {
    CapGroup.GRASSROOTS: "trong từng tổ chức cơ sở đảng",
    CapGroup.UNIT: "trong từng đơn vị",
    CapGroup.UNIT_TYPE: "trong từng nhóm loại hình của từng đơn vị",
    CapGroup.NAMED: "trong từng nhóm đối tượng tương đồng",
}


def columns(cap: CapRule, level_keys: Mapping[str, str], *, is_by_unit: bool) -> Iterable[FormColumn]:
    """What each unit may have and has too many of, or how many of its groups are over the cap."""
    group = f"Trần {cap.level_code} ({plain(cap.percent)}%)"
    if not is_by_unit:
        heading = "TCCSĐ vượt" if cap.group == CapGroup.GRASSROOTS else "Nhóm vượt"
        yield FormColumn(_key(cap, "groups"), heading, group=group, width=6.5, total="sum")
        return
    if cap.exceptions:
        yield FormColumn(_key(cap, "percent"), "Trần (%)", group=group, width=6)
    level, allowed = level_keys[cap.level_code], _key(cap, "allowed")
    yield _allowed(cap, level_keys, group)
    yield FormColumn(
        _key(cap, "over"),
        "Vượt",
        group=group,
        width=5.5,
        total="sum",
        formula=f"MAX(0,{{{level}}}-{{{allowed}}})",
        label=f"{{{level}}}-{{{allowed}}}",
        compute=lambda values: max(0, (values.get(level) or 0) - values[allowed]),
    )


def values(cap: CapRule, unit: int | None, groups_over: int, *, is_by_unit: bool) -> dict:
    """What the row of a unit has in these columns beside the formulas."""
    if not is_by_unit:
        return {_key(cap, "groups"): groups_over}
    return {_key(cap, "percent"): cap.in_unit(unit).percent} if cap.exceptions else {}


def note(cap: CapRule) -> str:
    """The rule in words, with what it rests on."""
    base = f"số xếp loại {cap.base_level_code}" if cap.is_beside else "số đã xếp loại"
    words = [
        f"Trần {cap.level_code}: không quá {plain(cap.percent)}% {base} {_GROUPS[cap.group]}, "
        f"làm tròn xuống ({basis(cap)})"
    ]
    if cap.is_beside:
        words.append(
            f"được phép = {plain(cap.percent)} × số {cap.base_level_code} trở lên / "
            f"{plain(100 + cap.percent)}"
        )
    if cap.least_size:
        words.append(f"nhóm dưới {cap.least_size} đã xếp loại không áp trần")
    words += [f"{plain(one.percent)}% theo {one.document}" for one in cap.exceptions]
    return "; ".join(words) + "."


def basis(cap: CapRule) -> str:
    """The document of a cap, and that it is a default which awaits the Board's decision."""
    document = ", ".join(part for part in (cap.document, cap.article) if part)
    default = "mặc định, chưa có quyết định" if cap.is_default or not document else ""
    return "; ".join(part for part in (document, default) if part)


def _key(cap: CapRule, what: str) -> str:
    return f"cap_{cap.level_code}_{what}"


def _allowed(cap: CapRule, level_keys: Mapping[str, str], group: str) -> FormColumn:
    own = _key(cap, "percent")
    percent = f"{{{own}}}" if cap.exceptions else cap.percent
    return FormColumn(
        _key(cap, "allowed"),
        "Được phép",
        group=group,
        width=6.5,
        total="sum",
        formula=_formula(cap, level_keys, percent),
        compute=lambda values: _most(cap, level_keys, values, values.get(own) or cap.percent),
    )


def _formula(cap: CapRule, level_keys: Mapping[str, str], percent: Decimal | str) -> str:
    if cap.is_beside:
        base = "+".join(f"N({{{key}}})" for key in _base_keys(cap, level_keys))
        most = formulas.most_beside(base, percent)
    else:
        most = formulas.allowance("{rated}", percent)
    return f"IF({{rated}}<{cap.least_size},{{rated}},{most})" if cap.least_size else most


def _base_keys(cap: CapRule, level_keys: Mapping[str, str]) -> list[str]:
    codes = (cap.level_code, cap.base_level_code)
    return [level_keys[code] for code in dict.fromkeys(codes) if code in level_keys]


def _most(cap: CapRule, level_keys: Mapping[str, str], values: Mapping, percent: Decimal) -> int:
    rated = values.get("rated") or 0
    if rated < (cap.least_size or 0):
        return rated
    base = sum(values.get(key) or 0 for key in _base_keys(cap, level_keys)) if cap.is_beside else rated
    return cap.by(percent, cap.document).most(base)
