"""The words of the print-out for the court, in three languages. Pure."""

from __future__ import annotations

COURT_SHEET = {
    "kk": {
        "title": "Сотқа арналған құжаттар жинағы",
        "complainant": "Шағым беруші",
        "iin": "ЖСН",
        "address": "Пошталық мекенжайы",
        "service": "Көрсетілетін қызмет",
        "printed": "Басып шығарылды",
        "happened": "Не болды",
        "signed": "Жіберілген және қол қойылған мәтін:",
        "papers": "Жинақтағы құжаттар",
        "code": "тексеру коды",
        "empty": "Құжат жоқ.",
    },
    "ru": {
        "title": "Документы для суда",
        "complainant": "Заявитель",
        "iin": "ИИН",
        "address": "Почтовый адрес",
        "service": "Услуга",
        "printed": "Напечатано",
        "happened": "Что происходило",
        "signed": "Отправленный и подписанный текст:",
        "papers": "Документы в этом файле",
        "code": "код проверки",
        "empty": "Документов нет.",
    },
    "en": {
        "title": "Papers for the court",
        "complainant": "Complainant",
        "iin": "IIN",
        "address": "Postal address",
        "service": "Service",
        "printed": "Printed",
        "happened": "What happened",
        "signed": "The text as sent and signed:",
        "papers": "Papers in this file",
        "code": "code to verify",
        "empty": "There are no papers.",
    },
}
