"""No register confirmed that the child is the applicant's: a paper is needed, at an address. Three parts of an SMS."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="child_proof_needed",
    sms=Words(
        kk="Qyzmet: {number}. Тізілім баланы растамады. Туу куәлігінің суретін кабинеттен жіберіңіз не әкеліңіз, соңғы "
        "күні {due}. Қайда: {place}",
        ru="Qyzmet: {number}. Реестр не подтвердил ребёнка. До {due} пришлите фото его свидетельства в кабинете или "
        "принесите. Куда: {place}",
        en="Qyzmet: {number}. No register confirmed the child. Send a photo of the birth certificate in your cabinet "
        "or bring it by {due}. Where: {place}",
    ),
    longest={"place": 60},
    parts=3,
)
