"""Signing and sending: one draft becomes one case, exactly once, whatever is tapped twice or lost on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from ...db import db, lock
from ...models import Account, Case, Draft, Signature
from ..identity.codes import CodeProblem
from ..signatures.signing import Signed
from ..signatures.text_hash import text_hash
from .timeline import find_by_draft


def signed_texts(cases: Sequence[Case]) -> dict[int, str]:
    """The texts that were signed, by the case's id."""
    rows = (
        Signature.select(Signature.case, Signature.text).where(Signature.case.in_(list(cases))).order_by(Signature.id)
    )
    return {row.case_id: row.text for row in rows}


def submit_once(
    account: Account,
    draft: Draft,
    text: str,
    signature: Signed,
    now: dt.datetime,
    create: Callable[[], Case],
) -> Case:
    """Prove the signature, create the case, keep both and drop the draft, all in one transaction.

    Whoever comes second gets the case of the first. `create` runs inside the transaction. Raises the problems of a
    code, after its try was counted, of an EDS, and whatever `create` raises, leaving nothing behind.
    """
    with db.atomic():
        lock(f"draft:{draft.key}")
        sent = find_by_draft(account, draft.key)
        if sent is not None:
            return sent
        try:
            evidence = signature.prove(text, now)
        except CodeProblem as problem:
            refused = problem  # the try just counted has to be committed
        else:
            case = create()
            row = Signature.create(
                case=case,
                method=signature.method,
                signer_iin=account.iin,
                text=text,
                text_hash=text_hash(text),
                evidence=evidence,
                signed_at=now,
            )
            signature.keep(row, now)
            Draft.delete().where(Draft.id == draft.id).execute()
            return case
    raise refused
