"""No register confirmed what the family claims: a paper is needed, by a day, at an address. Three parts of an SMS."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="proof_needed",
    sms=Words(
        kk="Qyzmet: {number}. Жеңілдік құжатын әкеліңіз, соңғы күні {due}, әйтпесе бала жалпы кезекке өтеді. "
        "Қайда: {place}",
        ru="Qyzmet: {number}. Принесите документ о льготе до {due}, иначе ребёнок перейдёт в общую очередь. "
        "Куда: {place}",
        en="Qyzmet: {number}. Bring the paper that proves your priority by {due}, or the child goes on in the general "
        "queue. Where: {place}",
    ),
    longest={"place": 90},
    parts=3,
)
