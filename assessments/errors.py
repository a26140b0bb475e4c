"""Kept for what is on its way; use resolution03.lib.errors."""

from resolution03.lib.errors import NotPossible, Refusal

__all__ = ["NotPossible", "Refusal"]
