"""The words that the script of the pages of counts says, in the user's language."""

from django.utils.translation import gettext as _

from assessments.entry.saving_texts import saving_texts


def texts() -> dict[str, str]:
    """Key → sentence; `{…}` are filled in by the script."""
    return saving_texts() | _troubles() | _head() | _bulk() | _sum()


def _troubles() -> dict[str, str]:
    return {
        "trouble_offline": _(
            "No connection: {count} counts are not saved. Numbers are kept on this machine and sent by "
            "themselves; reasons stay on this page only."
        ),
        "trouble_signed_out": _(
            "You are signed out: {count} counts are not saved. Numbers are kept on this machine; sign in "
            "again and they are sent. Reasons stay on this page only."
        ),
        "trouble_other_user": _(
            "Another person has signed in on this machine: {count} counts of yours are not saved. Sign in "
            "again yourself and they are sent."
        ),
        "trouble_failed": _(
            "The system does not answer: {count} counts are not saved. Numbers are kept on this machine and "
            "sent by themselves; reasons stay on this page only."
        ),
        "restored": _("{count} counts typed earlier were kept on this machine and are being sent."),
        "column_count": _("Number"),
        "column_reason": _("Reason"),
    }


def _head() -> dict[str, str]:
    return {
        "blank": _("blank"),
        "left": _("left:"),
        "complete": _("everything is given"),
        "left_blank": _("{count} blank"),
        "left_wrong": _("{count} wrong"),
        "left_owed": _("{count} without a reason"),
        "given_of": _("{given} of {asked}"),
    }


def _bulk() -> dict[str, str]:
    return {
        "like_last": _("Fill {count} blank cells as in {year}"),
        "fill_blank": _("Fill {count} blank cells with {value}"),
        "fill_picked": _("Write {value} into {count} chosen cells"),
        "filled": _("Filled {count} cells."),
        "filled_but": _("Filled {count} cells; {left} were not saved."),
        "pasted": _("Pasted {count} cells."),
        "pasted_but": _("Pasted {count} cells; {left} were not saved."),
        "undone": _("Undone: {count} cells."),
        "undone_but": _("Undone: {count} cells; {left} were not."),
    }


def _sum() -> dict[str, str]:
    return {
        "as_on_paper": _("as on paper"),
        "above_paper": _("{count} more than on paper"),
        "below_paper": _("{count} less than on paper"),
    }
