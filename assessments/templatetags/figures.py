"""Cells of the lists of names."""

from django import template

register = template.Library()


@register.filter
def cell(row, column):
    """What a row of names shows in a column."""
    if column.key in ("code", "name", "unit"):
        return getattr(row, column.key)
    return row.cells.get(column.key)
