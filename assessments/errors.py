"""Why an action was refused; every page and command shows the reasons as they stand."""


class Refusal(Exception):
    """An action is refused; `reasons` are sentences in the user's language."""

    def __init__(self, *reasons: str):
        super().__init__(*reasons)
        self.reasons = list(reasons)

    def __str__(self) -> str:
        return "\n".join(self.reasons)


class NotPossible(Refusal):
    """What was asked for does not exist (no such year, no scheme): wrong usage, not bad data."""
