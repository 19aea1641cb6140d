"""Nobody of the body is left to decide a case anew: managers and administrators are told."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="nobody_to_decide",
    letter=Letter(
        subject=Words(
            kk="{number}: жаңа шешім шығаратын адам жоқ",
            ru="{number}: новое решение некому принять",
            en="{number}: nobody may decide it anew",
        ),
        text=Words(
            kk="Шағымнан кейін жаңа шешім керек: {number}. Алдыңғысын дайындаған және оған қол қойған адам қатыспайды. "
            "Мекемеге орынбасар немесе маман қосыңыз. Мерзімі: {due}.",
            ru="После жалобы нужно новое решение: {number}. Кто готовил и подписал прежнее, не участвует. Добавьте в "
            "организацию заместителя или специалиста. Срок: {due}.",
            en="After a complaint a new decision is needed: {number}. Who prepared and who signed the earlier one take "
            "no part. Add a deputy head or an officer to the organisation. It is due: {due}.",
        ),
        to=("managers", "administrators"),
    ),
)
