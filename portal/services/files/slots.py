"""Where a file may be given: a question of an open draft, of a sent application that has to be corrected, a letter."""

from __future__ import annotations

from ...models import Account, Case, Correction
from ..journeys import drafts
from ..passports.catalogue import get_passport
from ..passports.schema import FieldSpec, Text
from .limits import FILES_OF_A_FIELD
from .room import UploadSlot

FILES_OF_A_COMPLAINT = FieldSpec(
    id="files",
    type="upload",
    label=Text(
        kk="Қоса берілетін құжаттар (бар болса)", ru="Приложения (если есть)", en="Papers to attach (if there are any)"
    ),
    required=False,
    max_files=5,
)

FILES_OF_A_LETTER = FieldSpec(
    id="letter",
    type="upload",
    label=Text(kk="Құжат немесе фото (бар болса)", ru="Документ или фото (если есть)", en="A document or a photo"),
    required=False,
    max_files=5,
)


class NoPlaceForFiles(LookupError):
    """There is no such question now: not there, not the reader's, not yet come to, or answered for good."""


def find_place(account: Account, draft_key: str, field: str) -> UploadSlot:
    """Raises NoPlaceForFiles."""
    try:
        draft = drafts.get_draft(account, draft_key, kind=None)
    except drafts.DraftNotFound:
        return _place_in_case(account, draft_key, field)
    if draft.kind == "complaint":
        if field != FILES_OF_A_COMPLAINT.id:
            raise NoPlaceForFiles(field)
        return place_of(account, draft_key, FILES_OF_A_COMPLAINT, "")
    journey = drafts.journey_of(draft, get_passport(draft.service, draft.edition))
    for step in journey.steps:
        for spec in journey.fields(step):
            if spec.id == field and spec.type == "upload" and journey.find(step.id) is not None:
                return place_of(account, draft_key, spec, step.id)
    raise NoPlaceForFiles(field)


def place_of(account: Account, draft_key: str, spec: FieldSpec, step: str) -> UploadSlot:
    """The place of a question that the caller has found itself."""
    return UploadSlot(account, draft_key, spec.id, step, spec.max_files or FILES_OF_A_FIELD)


def _place_in_case(account: Account, draft_key: str, field: str) -> UploadSlot:
    case = Case.get_or_none(Case.draft_key == draft_key, Case.account == account)
    if case is not None and field == FILES_OF_A_LETTER.id:
        return place_of(account, draft_key, FILES_OF_A_LETTER, "")
    if case is None or case.correction_asked_at is None:
        raise NoPlaceForFiles(field)
    asked = Correction.get_or_none(Correction.case == case, Correction.answered_at.is_null())
    spec = get_passport(case.service, case.edition).field(field)
    if asked is None or field not in asked.fields or spec is None or spec.type != "upload":
        raise NoPlaceForFiles(field)
    return place_of(account, draft_key, spec, "")
