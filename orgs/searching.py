"""Bodies are found by what they were called earlier too, and by the name and code of what went into them."""

from collections.abc import Iterable

from django.db.models import Model

from resolution03.lib.text import fold


def led_to(model: type[Model], key: str, renamed: Iterable[tuple[int, str]] = ()) -> set[int]:
    """The keys of the bodies of `model` that are not called by the folded `key` themselves, but were, or into
    which such went, one after the other. `renamed`: bodies with the names that they bore. Two statements."""
    was = {pk for pk, name in renamed if key in fold(name)}
    gone = model._default_manager.filter(merged_into__isnull=False).order_by()
    into: dict[int, int] = dict(gone.values_list("pk", "merged_into"))
    met = set(gone.filter(search_key__contains=key).values_list("pk", flat=True)) if into else set()
    found = set(was)
    for pk in met | was:
        while (heir := into.get(pk)) and heir not in found:
            found.add(heir)
            pk = heir
    return found


def heirs_of(model: type[Model], code: str) -> list[int]:
    """The keys of those into which the body with exactly this code went, one after the other."""
    gone = model._default_manager.filter(merged_into__isnull=False).order_by()
    way = list(gone.filter(code=code).values_list("merged_into", flat=True))
    into = dict(gone.values_list("pk", "merged_into")) if way else {}
    while way and (heir := into.get(way[-1])) and heir not in way:
        way.append(heir)
    return way
