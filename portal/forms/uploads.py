"""Why a file is not taken, in words that say what to do."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

REASONS: dict[str, str] = {
    "empty": _l("This file is empty. Choose it again, or take the photo again."),
    "heic": _l(
        "This photo is in the %(format)s format. Set the camera to JPEG (“Most compatible”), or send a screenshot."
    ),
    "office": _l("This is an office document or an archive. Save it as PDF and send that."),
    "kind": _l("We take PDF, JPG and PNG files. Save it as one of these, or take a photo of the paper."),
    "disagree": _l("This file is called %(ending)s, but inside it is something else. Save it again and send it."),
    "too_large": _l("This file is too large: at most %(most)s MB. Take a smaller photo, or scan with a lower quality."),
    "broken": _l("This file is damaged. Open it, save it again and send it, or take a photo of the paper."),
    "locked": _l("This PDF is locked with a password; save it without one and try again."),
    "slow": _l("This file takes too long to open. Take a photo of the paper again, or send a screenshot."),
    "form": _l(
        "This PDF is a form, and its answers show only in some programs. Print it to a new PDF (“Save as PDF”), look"
        " at it, and send that."
    ),
    "notes": _l(
        "This PDF has notes that an officer would not see. Write them on the page or delete them: print it to a new"
        " PDF (“Save as PDF”), look at it, and send that."
    ),
    "attached": _l("This PDF has other files inside. Save them out of it and send each by itself."),
    "pixels": _l("This picture is too large: at most %(most)s million pixels. Take it with a smaller size."),
    "pages": _l("This PDF has too many pages: at most %(most)s. Send only the pages that are asked for."),
    "too_complex": _l("This file is too complex to be checked. Print it to a new PDF, or take a photo of the paper."),
    "too_many": _l("There are already %(most)s files here. Remove one before you add another."),
    "draft_full": _l("One application takes at most %(files)s files and %(most)s MB together. Remove one first."),
    "account_full": _l("You have too many files in drafts. Send or delete a draft first."),
    "infected": _l("A virus was found in this file, and it was deleted. Send another file."),
    "torn": _l("This file did not arrive whole. Send it again."),
    "again": _l("This page was open for too long to take files. Choose them once more."),
    "same": _l("This file is already here; it was not added once more."),
    "none": _l("Choose a file first."),
    "busy": _l("Many people are sending files right now. Wait a minute and send it again."),
    "down": _l("We cannot take files right now. Your other answers are kept: try again in a few minutes."),
}


def refusal(reason: str, **values: Any) -> str:
    """The text of a reason, in the reader's language."""
    return str(REASONS[reason]) % {"format": "HEIC", **values}  # kept refusals of before name no format


def refusal_of(name: str, reason: str, **values: Any) -> str:
    """The same with the file's name before it."""
    return f"{name}: {refusal(reason, **values)}"
