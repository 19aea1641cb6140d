"""An officer saw the papers and confirmed what no register did."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="confirmed_by_officer",
    citizen=Words(
        kk="Тізілімдер растай алмаған деректі маман құжаттарды қарап растады.",
        ru="Специалист посмотрел документы и подтвердил то, чего не подтвердили реестры.",
        en="An officer saw the papers and confirmed what the registers could not.",
    ),
    office=Words(
        kk="Құжаттарды қарап растаған: {by}.",
        ru="Документы посмотрел(а) и подтвердил(а): {by}.",
        en="{by} saw the papers and confirmed.",
    ),
)
