"""No register confirmed that the child is the applicant's: a paper is needed, at an address. Three parts of an SMS."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="child_proof_needed",
    sms=Words(
        kk="Qyzmet: {number}. Тізілім баланы растамады. Туу туралы куәлігін әкеліңіз, соңғы күні {due}. Қайда: {place}",
        ru="Qyzmet: {number}. Реестр не подтвердил ребёнка. Принесите его свидетельство о рождении до {due}. "
        "Куда: {place}",
        en="Qyzmet: {number}. No register confirmed the child. Bring the child's birth certificate by {due}. "
        "Where: {place}",
    ),
    longest={"place": 90},
    parts=3,
)
