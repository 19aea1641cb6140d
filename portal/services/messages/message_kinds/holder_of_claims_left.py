"""Somebody who held cases that wait for a confirmation no longer handles them."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="holder_of_claims_left",
    letter=Letter(
        subject=Words(
            kk="Qyzmet: расталмаған істердің жауаптысы жоқ",
            ru="Qyzmet: неподтверждённые дела остались без исполнителя",
            en="Qyzmet: unconfirmed cases that nobody has",
        ),
        text=Words(
            kk="Жауапты қызметкер енді істермен айналыспайды. Иесіз қалған, растауды күтіп тұрған істер: {count}. Олар "
            "«Расталмаған» тізімінде тұр: басшы басқа қызметкерге береді немесе қызметкердің өзі алады. Растаудың "
            "соңғы күні әр істің бетінде жазылған.",
            ru="Сотрудник больше не ведёт дела. Без исполнителя остались дела, которые ждут подтверждения: {count}. "
            "Они в списке «Не подтверждено»: руководитель передаёт их другим, или сотрудник берёт сам. Последний день "
            "подтверждения указан на странице каждого дела.",
            en="A colleague no longer handles cases. Left with nobody, waiting for a confirmation: {count}. They stand "
            "in the list “Unconfirmed”: a head gives them to others, or an officer takes them. The page of each case "
            "says its last day.",
        ),
        to=("managers",),
    ),
)
