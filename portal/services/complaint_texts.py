"""The words of complaints, in three languages: the text that is signed, and what the confirmation says. Pure."""

from __future__ import annotations

LABELS = {
    "kk": {
        "title": "Шағым",
        "to": "Кімге",
        "complainant": "Шағым беруші",
        "iin": "ЖСН",
        "address": "Пошталық мекенжайы",
        "service": "Көрсетілетін қызмет",
        "about": "Өтініштің нөмірі",
        "official": "Кімнің әрекетіне шағым",
        "text": "Мән-жайы",
        "date": "Күні",
    },
    "ru": {
        "title": "Жалоба",
        "to": "Кому",
        "complainant": "Заявитель",
        "iin": "ИИН",
        "address": "Почтовый адрес",
        "service": "Услуга",
        "about": "Номер заявления",
        "official": "На чьи действия жалоба",
        "text": "Обстоятельства",
        "date": "Дата",
    },
    "en": {
        "title": "Complaint",
        "to": "Addressed to",
        "complainant": "Complainant",
        "iin": "IIN",
        "address": "Postal address",
        "service": "Service",
        "about": "Application number",
        "official": "Whose actions it is about",
        "text": "Circumstances",
        "date": "Date",
    },
}
ANSWER_PLACE = {
    "kk": "Порталдағы жеке кабинетке жіберіледі. {address}",
    "ru": "Придёт в личный кабинет на портале. {address}",
    "en": "Sent to your personal cabinet on the portal. {address}",
}
COURT = {
    "kk": "Заңда белгіленген тәртіппен сотқа жүгінуге құқығыңыз бар.",
    "ru": "Вы вправе обратиться в суд в порядке, установленном законом.",
    "en": "You have the right to go to court as the law provides.",
}
