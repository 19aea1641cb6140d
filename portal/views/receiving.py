"""Files in a plain form: taken the moment they come, whatever else on the page is still wrong."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import g, request, url_for
from werkzeug.datastructures import FileStorage

from ..forms.fields import UploadQuestion
from ..forms.form import Form
from ..forms.uploads import refusal, refusal_of
from ..gateways.storage import StorageDown
from ..services.files import documents, uploads
from ..services.files.rebuilding import FileRefused, TooBusy
from ..services.files.room import UploadSlot
from ..services.files.slots import place_of
from ..services.identity import limits
from ..services.journeys.journey import Journey
from ..services.passports.schema import FieldSpec, Step
from ..web.access import current_account
from ..web.clock import now
from ..web.outside import gateways

SECONDS = 20  # that the files of one form may hold one of the server's threads before the last of them is begun


@dataclass
class ReceivedFiles:
    """What became of the files of a form. With `stays` the form is shown again: only its files were meant, or one was
    refused (`errors` by question)."""

    pressed: bool = False
    changed: bool = False
    until: float = 0.0  # by time.monotonic(): what has not been looked at by then is to be sent again
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def stays(self) -> bool:
        return self.pressed or bool(self.errors)


def places_in(journey: Journey, step: Step, draft_key: str) -> list[UploadSlot]:
    """The questions of a step that take files."""
    if not any(spec.type == "upload" for spec in step.fields):
        return []
    return places_for(journey.fields(step), draft_key, step.id)


def places_for(specs: Iterable[FieldSpec], draft_key: str, step_id: str = "") -> list[UploadSlot]:
    """Those of the questions that take files."""
    account = current_account()
    return [place_of(account, draft_key, spec, step_id) for spec in specs if spec.type == "upload"]


def receive_files(places: Iterable[UploadSlot]) -> ReceivedFiles:
    """Take what the form brought, and take back what a "Remove" names. The answers are noted at once."""
    received = ReceivedFiles(until=time.monotonic() + SECONDS)
    if request.method != "POST":
        return received
    for place in places:
        files = [file for file in request.files.getlist(place.field) if file.filename]
        if g.get("stale_token"):
            if files:
                received.errors[place.field] = [refusal("again")]
            continue
        _remove(place, received)
        errors = [error for file in files if (error := _take(place, file, received))]
        if request.form.get("add") == place.field:
            received.pressed = True
            errors = errors or ([] if files else [refusal("none")])
        if errors:
            received.errors[place.field] = errors
    return received


def show_files(form: Form, draft_key: str, received: ReceivedFiles) -> None:
    """Give the questions of a form what has been taken so far, and what was refused."""
    for question in form:
        if isinstance(question, UploadQuestion):
            files = documents.list_documents(draft_key, question.name)
            question.give(files, _refused(draft_key, question.name), url_for("uploads.start", key=draft_key))
            question.errors = question.process_errors = received.errors.get(question.name, [])


def _take(place: UploadSlot, file: FileStorage, received: ReceivedFiles) -> str:
    """Why the file is not taken; "" for one that is."""
    name = file.filename or ""
    if time.monotonic() > received.until:
        return refusal_of(name[-100:], "busy")
    limits.hit("files of a person", str(place.account.id), now())
    try:
        here = {document.key for document in documents.list_documents(place.draft_key, place.field)}
        taken = documents.take_file(place, name, file.stream, gateways(), now())
    except FileRefused as error:
        return refusal_of(name[-100:], error.reason, **error.values)
    except TooBusy:
        return refusal_of(name[-100:], "busy")
    except StorageDown:
        return refusal_of(name[-100:], "down")
    uploads.forget_refused(place)
    received.changed = True
    if taken.key in here and request.form.get("add") == place.field:  # who goes on is not held up by it
        return refusal_of(name[-100:], "same")
    return ""


def _remove(place: UploadSlot, received: ReceivedFiles) -> None:
    key = request.form.get("remove")
    if not key:
        return
    received.pressed = received.changed = True
    try:
        documents.delete_document(place, key, gateways().storage, now())
        uploads.forget_refused(place)
    except StorageDown:
        received.errors[place.field] = [refusal("down")]


def _refused(draft_key: str, field: str) -> list[str]:
    """Files that came and were not taken, where nobody was there to be told, or a script was."""
    infected: list[tuple[str, str, dict[str, Any]]] = [
        (row.name, "infected", {}) for row in documents.list_infected(draft_key) if row.field == field
    ]
    others = [
        (row.name, row.error["reason"], row.error["values"])
        for row in uploads.list_refused(current_account(), draft_key, now())
        if row.field == field and row.error["reason"] != "infected"
    ]
    return [refusal_of(name, reason, **values) for name, reason, values in (*infected, *others)]
