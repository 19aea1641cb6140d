"""The code of a complaint that was sent without signing in."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="complaint_code",
    sms=Words(
        kk="Qyzmet: шағым {number}, коды {code}. Барысы порталда.",
        ru="Qyzmet: жалоба {number}, код {code}. Ход дела на портале.",
        en="Qyzmet: complaint {number}, code {code}. See on the portal how it stands.",
    ),
    longest={"code": 8},
)
