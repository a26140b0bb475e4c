"""The words that the script of the entry page says, in the user's language."""

from django.utils.translation import gettext as _

from assessments.entry.saving_texts import saving_texts
from assessments.rules.catalog import RULES


def texts() -> dict[str, str]:
    """Key → sentence; `{…}` are filled in by the script."""
    owed = {f"owed_{rule}": words for rule, words in owed_words().items()}
    warned = {f"warn_{rule}": str(RULES[rule].title) for rule in owed_words()}
    return (
        saving_texts()
        | _states()
        | _troubles()
        | _head()
        | _filters()
        | _bulk()
        | _conflict()
        | _notices()
        | owed
        | warned
    )


def owed_words() -> dict[str, str]:
    """Rule → what the state of a row says that still owes its reason."""
    return {
        "over_cap": _("over the cap, a reason is needed"),
        "above_self": _("above the self-rating, a reason is needed"),
        "recent_rated": _("rated within six months of the admission, a reason is needed"),
        "discipline": _("high level beside discipline, a reason is needed"),
        "jump": _("two levels or more from last year, a reason is needed"),
    }


def _states() -> dict[str, str]:
    return {
        "editing": _("Editing"),
        "empty": _("Blank"),
        "exempt": _("Exempt, not rated"),
        "accepted": _("Accepted"),
        "returned": _("Returned: {why}"),
        "mended": _("mended, waits to be sent again"),
        "unknown": _("Not saved: “{text}” is not a level of this year"),
        "not_rated": _("not rated"),
        "choose_reason": _("Write why not"),
        "reason_hint": _("Write a reason, no personal information"),
        "choose": _("Choose {name}"),
        "details": _("Decision and more"),
        "suggested": _("{reason} (not stored yet)"),
    }


def _troubles() -> dict[str, str]:
    return {
        "trouble_offline": _(
            "No connection: {count} rows are not saved. Levels are kept on this machine and sent by "
            "themselves; reasons stay on this page only."
        ),
        "trouble_signed_out": _(
            "You are signed out: {count} rows are not saved. Levels are kept on this machine; sign in "
            "again and they are sent. Reasons stay on this page only."
        ),
        "trouble_other_user": _(
            "Another person has signed in on this machine: {count} rows of yours are not saved. Sign in "
            "again yourself and they are sent."
        ),
        "trouble_failed": _(
            "The system does not answer: {count} rows are not saved. Levels are kept on this machine and "
            "sent by themselves; reasons stay on this page only."
        ),
    }


def _head() -> dict[str, str]:
    return {
        "short": _("short of {count}"),
        "met": _("met"),
        "needed": _("needs {count}"),
        "needed_in_full": _("needs {count}; when all {roster} are rated: {full}"),
        "cap": _("allowed {allowed}, now {used}"),
        "over": _("over by {count}"),
        "within": _("within the cap"),
        "groups_over": _("{place} · groups over: {count}"),
        "unrated": _("not rated {count}"),
    }


def filter_words(name: str) -> str:
    """What the button says that lists only some rows."""
    return _filters()[f"filter_{name}"]


def _filters() -> dict[str, str]:
    return {
        "filter_unrated": _("Not rated yet"),
        "filter_blank": _("Blank rows only"),
        "filter_returned": _("Returned"),
        "filter_mended": _("Mended after the return"),
        "filter_owed": _("Reason needed"),
        "filter_over": _("Over the cap"),
        "filter_warning": _("With a warning"),
        "filter_differs": _("Other than self-rated"),
        "filter_changed": _("Changed"),
        "filter_unsaved": _("Unsaved"),
        "filter_conflict": _("Changed elsewhere"),
        "shown": _("{shown} of {count} rows"),
        "no_such_row": _("Row {number} is not among the rows listed now."),
    }


def _bulk() -> dict[str, str]:
    return {
        "picked": _("{count} rows chosen"),
        "set_level": _("Level"),
        "set_decided": _("Set the decided level:"),
        "set_self_rated": _("Set the self-rated level:"),
        "unpick": _("Clear the choice"),
        "change": _("Change {count} rows to {level}"),
        "fill_blank": _("Fill {count} blank rows with {level}"),
        "like_last": _("Fill {count} rows like {year}"),
        "like_self": _("Fill {count} blank rows from the self-rating"),
        "done": _("Changed {count} rows."),
        "done_but": _("Changed {count} rows; {left} were not saved."),
        "explain": _("Write “{reason}” into {count} rows"),
        "undone": _("Undone: {count} rows."),
        "undone_but": _("Undone: {count} rows; {left} were not."),
        "nothing_to_undo": _("Nothing to undo."),
        "blank_level": _("not rated, write the reason"),
    }


def _conflict() -> dict[str, str]:
    return {
        "column_self_rated": _("Self-rated"),
        "column_proposed": _("Proposed"),
        "column_decided": _("Decided"),
        "column_awarded": _("Title"),
        "column_reason": _("Reason when not rated"),
        "column_note": _("Reason, note"),
    }


def _notices() -> dict[str, str]:
    return {
        "pasted": _("Pasted {count} rows; {unread} cells could not be read."),
        "row_and_column": _("Row {number}, {column}"),
        "no_such_mark": _("is no mark: write x, or leave it empty"),
        "no_such_level": _("is not a level of this year"),
        "cell_locked": _("cannot be written into this cell"),
        "too_long": _("is longer than 200 characters"),
        "restored": _("{count} rows typed earlier were kept on this machine and are being sent."),
    }
