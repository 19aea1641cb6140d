"""Tables: fields, constraints, indexes. No rules here, and no Flask."""

from .accounts import Account, OneTimeCode, RateCount, Session
from .audit import AuditEntry
from .cases import Case, CaseMessage, CaseName, Check, Counter, Event, Task
from .clock import LastDone
from .complaints import Complaint, Rating
from .decisions import CaseNote, Correction, Decision, ReadyText
from .documents import Document, LooseFile, Upload
from .drafts import Draft
from .figures import Figure, FigureDay, FigureLook
from .jobs import JobLease, SetAside
from .messages import Message, SandboxMessage
from .organisations import Group, Kindergarten, Locality, MovedDay, Organisation, OrganisationService
from .papers import Paper, SealedPaper
from .preschool import QueueEntry, Referral
from .signatures import Consent, EdsEvidence, Signature, SigningRequest
from .staff import Absence, PassportEdition, ReferenceChange, SavedView, SecurityKey, StaffMember

MODELS = (
    StaffMember, SecurityKey, Absence, SavedView, ReferenceChange, PassportEdition,
    Account, Session, OneTimeCode, RateCount,
    Organisation, OrganisationService, Locality, Kindergarten, Group, MovedDay,
    Draft, Case, CaseName, CaseMessage, Decision, Correction, CaseNote, ReadyText,
    Event, Task, Check, Counter, Signature, EdsEvidence, SigningRequest, Consent, Paper, SealedPaper,
    Document, Upload, LooseFile,
    Complaint, Rating,
    QueueEntry, Referral,
    Message, SandboxMessage,
    JobLease, SetAside, LastDone,
    Figure, FigureDay, FigureLook,
    AuditEntry,
)  # fmt: skip

__all__ = [
    "MODELS",
    "Absence",
    "Account",
    "AuditEntry",
    "Case",
    "CaseMessage",
    "CaseName",
    "CaseNote",
    "Check",
    "Complaint",
    "Consent",
    "Correction",
    "Counter",
    "Decision",
    "Document",
    "Draft",
    "EdsEvidence",
    "Event",
    "Figure",
    "FigureDay",
    "FigureLook",
    "Group",
    "JobLease",
    "Kindergarten",
    "LastDone",
    "Locality",
    "LooseFile",
    "Message",
    "MovedDay",
    "OneTimeCode",
    "Organisation",
    "OrganisationService",
    "Paper",
    "PassportEdition",
    "QueueEntry",
    "RateCount",
    "Rating",
    "ReadyText",
    "ReferenceChange",
    "Referral",
    "SandboxMessage",
    "SavedView",
    "SealedPaper",
    "SecurityKey",
    "Session",
    "SetAside",
    "Signature",
    "SigningRequest",
    "StaffMember",
    "Task",
    "Upload",
]
