"""Who signed a decision after working time takes it back before it is issued."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="recalled",
    citizen=Words(
        kk="Шешім берілмей тұрып қайтарып алынды: өтінішіңіз әлі қаралып жатыр.",
        ru="Решение отозвано до выдачи: ваше заявление ещё рассматривается.",
        en="The decision was taken back before it was issued: your application is still being considered.",
    ),
    office=Words(
        kk="Қол қойылған шешімді берілмей тұрып қайтарып алған: {by}.",
        ru="Подписанное решение отозвал(а) до выдачи: {by}.",
        en="Signed decision taken back before it was issued, by {by}.",
    ),
)
