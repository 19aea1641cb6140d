"""No register confirmed what the family claims: a paper is needed, by a day, or a photo of it. Four parts of an SMS."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="proof_needed",
    sms=Words(
        kk="Qyzmet: {number}. Суретін кабинеттен жіберіңіз не әкеліңіз: {what}. Соңғы күні {due}, әйтпесе жалпы кезек. "
        "Қайда: {place}",
        ru="Qyzmet: {number}. До {due} пришлите фото в кабинете или принесите: {what}. Иначе общая очередь. "
        "Куда: {place}",
        en="Qyzmet: {number}. By {due} send a photo in your cabinet or bring it: {what}. Otherwise the general queue. "
        "Where: {place}",
    ),
    longest={"place": 60, "what": 45},
    parts=4,
)
