"""The letter to administrators when strangers have a great many codes sent. They come from below staff's own rooms."""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...models import Organisation, StaffMember
from ..messages.outbox import write_mail

SUBJECT = {
    "kk": "Qyzmet: бір реттік кодтар тым көп сұралуда",
    "ru": "Qyzmet: слишком много запросов одноразовых кодов",
    "en": "Qyzmet: too many one-time codes are asked for",
}
TEXT = {
    "kk": "Бір сағатта өте көп бір реттік код сұралды. Енді бұрын кірмеген браузерлерге код сирек беріледі; бұрын "
    "кірген азаматтарға кедергі жоқ. Журналдан қараңыз: limit_reached.",
    "ru": "За час запрошено необычно много одноразовых кодов. Теперь новым браузерам коды выдаются реже; тем, кто уже "
    "входил, ничего не мешает. Посмотрите в журнале: limit_reached.",
    "en": "Within an hour unusually many one-time codes were asked for. Browsers that have not signed in before now "
    "get them more rarely; people who have are not held up. See the log: limit_reached.",
}


def tell_administrators(now: dt.datetime) -> None:
    """A letter to every administrator."""
    admins = StaffMember.select(StaffMember, Organisation).join(Organisation)
    with db.atomic():
        for member in admins.where(StaffMember.role == "admin", StaffMember.is_active):
            to = member.email or member.organisation.email
            if to:
                key = f"staff:{member.id}:storm:{now.timestamp()}"
                write_mail(key, to, SUBJECT[member.language], TEXT[member.language], now)
