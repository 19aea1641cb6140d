"""Tables: fields, constraints, indexes. No rules here, and no Flask."""

from .accounts import Account, OneTimeCode, RateCount, Session
from .audit import AuditEntry
from .cases import Case, Check, Consent, Counter, Draft, Event, Paper, Signature, Task
from .messages import Message, SandboxMessage
from .organisations import Group, Kindergarten, Locality, MovedDay, Organisation
from .preschool import QueueEntry, Referral

MODELS = (
    Account, Session, OneTimeCode, RateCount,
    Organisation, Locality, Kindergarten, Group, MovedDay,
    Draft, Case, Event, Task, Check, Counter, Signature, Consent, Paper,
    QueueEntry, Referral,
    Message, SandboxMessage,
    AuditEntry,
)  # fmt: skip

__all__ = [model.__name__ for model in MODELS] + ["MODELS"]
