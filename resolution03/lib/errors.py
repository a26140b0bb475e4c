"""Why an action was refused; every page and command shows the reasons as they stand."""


class Refusal(Exception):
    """An action is refused; `reasons` are sentences in the user's language.

    `field` names the field at fault, so that a form can show the reasons beside it.
    """

    def __init__(self, *reasons: str, field: str = ""):
        super().__init__(*reasons)
        self.reasons = list(reasons)
        self.field = field

    def __str__(self) -> str:
        return "\n".join(str(reason) for reason in self.reasons)


class NotPossible(Refusal):
    """What was asked for does not exist (no such year, no scheme): wrong usage, not bad data."""
