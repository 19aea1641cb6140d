"""Passport files: complete, read strictly, and never able to take the portal down."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.services.passports.catalogue import BUILT_IN, Catalogue, ServiceNotFound, check_file, passport_json_schema
from portal.services.passports.faults import Faults
from portal.services.passports.file import read_yaml
from portal.services.passports.hours import Hours
from portal.services.passports.reading import read_passport

DATA = Path(__file__).parents[2] / "data"
SAMPLE = DATA / "sample-service.yaml"
TODAY = dt.date(2026, 11, 23)
SERVICES = ("preschool-queue", "home-schooling")

# The slips of the texts as issued that are mended, and the one row label that the page layout had cut in two.
MENDED = (
    ("ұсынымдармен коса ", "ұсынымдармен қоса "),
    ("(қолжеткізуарналары)", "(қолжеткізу арналары)"),
    ("сапасын бағалай және", "сапасын бағалау және"),
    ("Көрсетілетін Мемлекеттік қызмет көрсету мерзімдері: қызметті көрсету мерзімі 1)",
     "Көрсетілетін қызметті көрсету мерзімі Мемлекеттік қызмет көрсету мерзімдері: 1)"),
)  # fmt: skip


def words_as_issued(service: str) -> str:
    """The words of the text as issued, without layout: row numbers, tags, list marks, emphasis."""
    text = (DATA / f"{service}.kk.md").read_text(encoding="utf-8")
    text = re.sub(r"<[^>]+>|\*", " ", text)
    text = re.sub(r"(?m)^\d+(?=\t|$)", " ", text)
    text = _without_marks(text)
    for slip, mend in MENDED:
        text = text.replace(slip, mend)
    return text


def _without_marks(text: str) -> str:
    text = re.sub(r"(?:(?<=[\s;])|^)-(?=\s)", " ", text)
    return " ".join(text.split())


def words_in_file(service: str) -> str:
    passport = Catalogue.load().edition(service, EDITIONS[service])
    parts = [text.kk for row in passport.text for text in ([row.title] if row.title else []) + list(row.body)]
    return " ".join(_without_marks(part) for part in parts)


EDITIONS = {"preschool-queue": "2015-04-07", "home-schooling": "2020-05-27"}


@pytest.mark.parametrize("service", SERVICES)
def test_every_statement_of_the_source_stands_in_the_file_in_its_order(service: str) -> None:
    assert words_in_file(service) == words_as_issued(service)


def test_both_built_in_passports_are_without_a_fault() -> None:
    catalogue = Catalogue.load()
    assert catalogue.problems == []
    assert [passport.id for passport in catalogue.list_services(TODAY)] == list(SERVICES)


def test_no_two_languages_say_the_same_words() -> None:
    """A statement copied from one language to another would be one not translated; addresses are the same in all."""

    def texts(value: Any) -> Any:
        if isinstance(value, dict):
            if set(value) == {"kk", "ru", "en"}:
                yield value
            for inner in value.values():
                yield from texts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)

    for path in BUILT_IN.glob("*.yaml"):
        for text in texts(read_yaml(path.read_bytes())):
            if "www.egov.kz." not in text["kk"]:
                assert len(set(text.values())) == 3, text
            assert not re.search("[а-яёәғқңөұүһі]", text["en"], re.IGNORECASE), text
            assert not re.search("[әғқңөұүһі]", text["ru"], re.IGNORECASE), text


class TestKindergartenQueue:
    passport = read_passport((BUILT_IN / "preschool-queue.yaml").read_bytes())

    def test_its_hours_are_those_of_the_text(self) -> None:
        office, corporation = self.passport.channel("provider_office"), self.passport.channel("state_corporation")
        week = ("mon", "tue", "wed", "thu", "fri")
        assert office.hours == Hours(days=dict.fromkeys(week, "09:00-18:30"), lunch="13:00-14:30")
        assert office.reception == Hours(days=dict.fromkeys(week, "09:00-17:30"), lunch="13:00-14:30")
        every = {(h.days["mon"], h.lunch) for h in (office.hours, *office.hours_alternatives)}
        starts, ends, lunches = ("08:30", "09:00"), ("18:00", "18:30"), ("13:00-14:00", "13:00-14:30")
        assert every == {(f"{start}-{end}", lunch) for start in starts for end in ends for lunch in lunches}
        assert corporation.hours == Hours(days=dict.fromkeys((*week, "sat"), "09:00-20:00"))
        assert corporation.booking
        assert self.passport.channel("portal").hours == "always"

    def test_its_terms_are_minutes_day_and_night(self) -> None:
        terms = self.passport.terms
        assert (terms.service.minutes, terms.queue_wait.minutes, terms.at_counter.minutes) == (30, 15, 15)
        assert terms.after_hours == "at_once"

    def test_the_text_names_no_grounds_so_there_are_none(self) -> None:
        assert self.passport.refusal_grounds == ()

    def test_complaints_are_answered_in_the_terms_of_the_text(self) -> None:
        terms = [(route.to, route.term and route.term.working_days) for route in self.passport.complaints]
        assert terms == [("provider", 5), ("state_corporation", 5), ("authorised_body", 15), ("court", None)]

    def test_priorities_are_classed_as_the_rules_class_them(self) -> None:
        classes = {option.id: option.priority for option in self.passport.field("priority").options}
        extraordinary = {"serviceman", "special_officer", "fallen_serviceman"}
        first = {"parent_disability", "no_parental_care", "orphan", "large_family", "special_needs", "child_disability"}
        assert {id for id, class_ in classes.items() if class_ == "extraordinary"} == extraordinary
        assert {id for id, class_ in classes.items() if class_ == "first"} == first | {"teacher_child"}
        assert {id for id, class_ in classes.items() if class_ is None} == {"none"}

    def test_policy_has_a_value_from_its_day_on(self) -> None:
        assert self.passport.policy_value("general_per_first_priority", TODAY) == 3
        assert self.passport.policy_value("general_per_first_priority", dt.date(2015, 4, 6)) is None
        assert self.passport.field("kindergartens").max_choices == 4


class TestHomeSchooling:
    passport = read_passport((BUILT_IN / "home-schooling.yaml").read_bytes())

    def test_its_terms_are_two_working_days_and_the_next_day_after_hours(self) -> None:
        assert self.passport.terms.service.working_days == 2
        assert self.passport.terms.after_hours == "next_working_day"

    def test_three_grounds_and_no_more(self) -> None:
        assert len(self.passport.refusal_grounds) == 3

    def test_it_says_which_law_its_complaints_follow(self) -> None:
        assert "№ 88-V" in self.passport.complaints_law.kk
        assert [route.to for route in self.passport.complaints] == ["provider", "authorised_body", "court"]

    def test_one_applies_here_with_a_scan_of_the_conclusion(self) -> None:
        assert self.passport.opens_online
        assert [field.id for field in self.passport.fields() if field.type == "upload"] == [
            "guardianship_scan",
            "conclusion_scan",
        ]


# --- faults ---------------------------------------------------------------------------------------------------


def faults_of(tmp_path: Path, name: str, edit: dict[tuple[str | int, ...], Any]) -> list[str]:
    """The sentences for a built-in or the sample file in which some places were changed (None deletes)."""
    source = SAMPLE if name == "library-card" else BUILT_IN / f"{name}.yaml"
    plain = copy.deepcopy(read_yaml(source.read_bytes()))
    for path, value in edit.items():
        place = plain
        for part in path[:-1]:
            place = place[part]
        if value is None:
            del place[path[-1]]
        elif isinstance(place, list) and path[-1] == len(place):
            place.append(value)
        else:
            place[path[-1]] = value
    file = tmp_path / f"{name}.yaml"
    file.write_text(yaml.safe_dump(json.loads(json.dumps(plain)), allow_unicode=True), encoding="utf-8")
    return check_file(file)[1]


def line_with(file: Path, text: str) -> int:
    """The line, counted from 1, on which the text first stands."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


THREE = {"kk": "а", "ru": "б", "en": "c"}
QUEUE, CARD = "preschool-queue", "library-card"
FIELD = ("steps", 1, "fields", 0)


@pytest.mark.parametrize(
    ("name", "edit", "sentence"),
    [
        (QUEUE, {("channels", 1, "hours"): {"sat": "9-20"}},
         'channels[1].hours.sat: "9-20" is not a time range; write "09:00-20:00"'),
        (QUEUE, {("channels", 1, "hours"): {"mon-fri": "9.00 – 18.30"}},
         'channels[1].hours.mon-fri: "9.00 – 18.30" is not a time range; write "09:00-18:30"'),
        (QUEUE, {("channels", 1, "hours"): {"mon-fri": "09:00-18:30", "lunch": "noon"}},
         'channels[1].hours.lunch: "noon" is not a time range; write it like "09:00-18:30"'),
        (QUEUE, {("channels", 1, "reception", "saturday"): "09:00-18:30"},
         'channels[1].reception.saturday: "saturday" is not a key here; did you mean "sat"?'),
        (QUEUE, {("channels", 1, "hours_alternatives", 0, "wed"): "09:00-12:00"},
         'channels[1].hours_alternatives[0].wed: "wed" has its hours twice; keep one'),
        (QUEUE, {("channels", 1, "hours"): {"fri-mon": "09:00-12:00"}},
         'channels[1].hours.fri-mon: the days of "fri-mon" run backwards; write the earlier day first'),
        (QUEUE, {("channels", 1, "hours"): {"sat": "18:00-09:00"}},
         'channels[1].hours.sat: "18:00-09:00" ends before it starts; write "09:00-18:00" if that is meant'),
        (QUEUE, {("channels", 1, "hours"): "alway"},
         'channels[1].hours: "alway" cannot stand here; did you mean "always"?'),
        (CARD, {("chanels",): []}, 'chanels: "chanels" is not a key here; did you mean "channels"?'),
        (CARD, {("channels", 0, "docments"): []},
         'channels[0].docments: "docments" is not a key here; did you mean "documents"?'),
        (CARD, {("title", "ru"): None}, 'title: the Russian text is missing; add ru: "…"'),
        (CARD, {(*FIELD, "options", 0, "label", "kk"): None},
         'steps[1].fields[0].options[0].label: the Kazakh text is missing; add kk: "…"'),
        (CARD, {("title",): "Билет"},
         'title: "Билет" is in no language; write it in three languages: {kk: …, ru: …, en: …}'),
        (CARD, {("title", "en"): " "}, "title.en: the text is empty; write it"),
        (CARD, {("fee",): None}, '"fee" is missing; add fee: …'),
        (CARD, {("channels",): []}, "channels: the list is empty; write at least one"),
        (CARD, {("channels",): THREE},
         'channels: a group of keys is not a list; begin each of its lines with "- "'),
        (CARD, {("edition",): "2026-13-01"},
         'edition: "2026-13-01" is not an edition; write the date it was issued, like "2015-04-07"'),
        (CARD, {("id",): "Library Card"},
         'id: "Library Card" is not an id; write small Latin letters, digits, - and _, like "birth-certificate"'),
        (CARD, {("procedure",): "revew"}, 'procedure: "revew" cannot stand here; did you mean "review"?'),
        (CARD, {("procedure",): "lottery"},
         'procedure: "lottery" cannot stand here; write one of preschool_queue, review'),
        (CARD, {("effective", "from"): "soon"}, 'effective.from: "soon" is not a date; write it like "2026-03-01"'),
        (CARD, {("effective", "to"): "2025-01-01"},
         'effective.to: "2025-01-01" comes before effective.from "2026-01-05"; write a later date or leave it out'),
        (CARD, {("terms", "service", "working_days"): "two"},
         'terms.service.working_days: "two" is not a whole number; write digits only'),
        (CARD, {("terms",): "{value} 2}"}, 'terms: "{value} 2}" stands where keys should; write key: value'),
        (CARD, {("terms", "service", "working_days"): 0},
         "terms.service.working_days: 0 is too small; write a number greater than 0"),
        (CARD, {("terms", "service", "minutes"): 5},
         'terms.service: write exactly one of "minutes" and "working_days"'),
        (CARD, {("steps", 2, "when", "field"): "readr"},
         'steps[2].when.field: there is no field "readr"; did you mean "reader"?'),
        (CARD, {("steps", 1, "when"): {"field": "wishes", "answered": True}},
         'steps[1].when.field: "wishes" is asked later; a condition can only look at earlier fields'),
        (CARD, {("steps", 2, "when"): {"any": [{"field": "reader", "is": "chld"}]}},
         'steps[2].when.any[0].is: "chld" cannot stand here; did you mean "child"?'),
        (CARD, {("steps", 2, "when"): {"field": "reader"}},
         "steps[2].when: write {field: …, is|in|answered|known: …}, or {all: […]}, {any: […]}, {not: {…}}"),
        (CARD, {("steps", 2, "when"): {"field": "reader", "known": True}},
         'steps[2].when.known: "reader" has no prefill, so no register knows it; add one or test the answer'),
        (CARD, {("steps", 2, "fields", 0, "id"): "consent"},
         'steps[2].fields[0].id: "consent" is the id of an earlier field too; give this one another'),
        (CARD, {("steps", 2, "id"): "reader"},
         'steps[2].id: "reader" is the id of an earlier one too; give this one another'),
        (CARD, {("steps", 2, "id"): "sign"},
         'steps[2].id: "sign" is the address of a page of the portal; choose another id'),
        (CARD, {("steps", 3, "fields", 1, "id"): "errors"},
         'steps[3].fields[1].id: "errors" is a name that forms use themselves; choose another id'),
        (CARD, {(*FIELD, "options", 1, "id"): "me"},
         'steps[1].fields[0].options[1].id: "me" is the id of an earlier one too; give this one another'),
        (CARD, {("steps", 3, "fields", 1, "prefill"): "child.name"},
         'steps[3].fields[1].prefill: "child" is no person field asked before; '
         "write one of account, a full stop and a fact"),
        (CARD, {("steps", 3, "fields", 1, "prefill"): "account.phon"},
         'steps[3].fields[1].prefill: "phon" is not a fact of "account"; did you mean "phone"?'),
        (CARD, {(*FIELD, "options"): None},
         "steps[1].fields[0]: a choice has nothing to choose from; add options: […] or options_from: …"),
        (CARD, {(*FIELD, "type"): "text"},
         "steps[1].fields[0].options: a text has no options; delete them or make it a choice"),
        (CARD, {(*FIELD, "type"): "ordered"},
         "steps[1].fields[0]: how many may be chosen is missing; add max_choices: 4"),
        (CARD, {(*FIELD, "options"): None, (*FIELD, "options_from"): "kindergartens"},
         "steps[1].fields[0].options_from: no locality is asked before; "
         "add a field of type locality to an earlier step"),
        (CARD, {("steps", 0, "fields", 0, "statement"): None},
         "steps[0].fields[0]: the text that is agreed to is missing; add statement: {kk: …, ru: …, en: …}"),
        (CARD, {("steps", 3, "fields", 1, "rules"): [{"rule": "pattern", "value": "[a", "message": THREE}]},
         'steps[3].fields[1].rules[0].value: "[a" is not a regular expression'),
        (CARD, {("steps", 3, "fields", 0, "rules", 0, "rule"): "within_days"},
         'steps[3].fields[0].rules[0].value: "within_days" needs a whole number; write value: 7'),
        (CARD, {("steps", 3, "fields", 1, "max_files"): 2},
         "steps[3].fields[1].max_files: a text takes no files; delete max_files"),
        (CARD, {("steps",): None},
         "with no steps nobody can apply here yet; say where one can: apply_elsewhere: {kk: …, ru: …, en: …}"),
        (CARD, {("procedure",): "preschool_queue"},
         'steps: the procedure preschool_queue needs a field "child" of type person; add it'),
        (QUEUE, {("steps", 7, "fields", 1, "options", 2, "id"): "both"},
         'steps[7].fields[1].options[2].id: "both" cannot stand here; write one of any, kk, ru'),
    ],
)  # fmt: skip
def test_a_fault_names_file_place_and_mend(tmp_path: Path, name: str, edit: dict[Any, Any], sentence: str) -> None:
    faults = faults_of(tmp_path, name, edit)
    said = [re.fullmatch(rf"{name}\.yaml: line (\d+): (.*)", fault) for fault in faults]
    assert any(fault and fault[2].startswith(sentence) for fault in said), faults


def test_the_example_of_the_contract_word_for_word(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, QUEUE, {("channels", 1, "hours", "sat"): "9-20"})
    assert faults == [
        f"preschool-queue.yaml: line {line_with(tmp_path / 'preschool-queue.yaml', '9-20')}: "
        'channels[1].hours.sat: "9-20" is not a time range; write "09:00-20:00"'
    ]


def test_all_faults_of_the_shape_come_at_once(tmp_path: Path) -> None:
    edit = {("title", "ru"): None, ("channels", 1, "hours", "sun"): "x", ("fee",): None}
    assert len(faults_of(tmp_path, CARD, edit)) == 3


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b"id: a\ntitle: b: c\n", "line 2, column 9: not valid YAML"),
        (b"id: a\nid: b\n", 'line 2, column 1: the key "id" is written twice; keep one'),
        (b"title: {kk: a, kk: b}\n", 'line 1, column 16: the key "kk" is written twice; keep one'),
        (b"1: a\n", 'line 1, column 1: a key must be a word; write it in quotes, like "1"'),
        (b"&a [*a]", "line 1, column 1: this alias contains itself; write the value out"),
        (b"a: &a [x, x]\nb: *c\n", "line 2, column 4: not valid YAML here or just before"),
        (b"\xff\xfe", "line 1: this is not UTF-8 text; save the file as UTF-8"),
        (b"a: 1\nb: \x00", "line 2: a character that no text holds; delete it"),
        (b"a: !!python/object/apply:os.system [id]", "line 1, column 4: tags like !this are not read here; delete it"),
        (b"[" * 5000, "line 1, column 61: nested deeper than 60 levels; flatten it"),
        (b"", "the file is empty; write a passport in it"),
        (b"- a", "line 1: a list is not a passport; write its keys, beginning with id: …"),
        (b"x" * 1_000_001, "the file is larger than 1,000,000 bytes; split it or shorten it"),
    ],
)  # fmt: skip
def test_text_that_is_not_a_passport_is_refused_with_its_line(tmp_path: Path, written: bytes, sentence: str) -> None:
    file = tmp_path / "broken.yaml"
    file.write_bytes(written)
    passport, faults = check_file(file)
    assert passport is None
    assert faults[0].startswith(f"broken.yaml: {sentence}"), faults


def test_aliases_cannot_unfold_without_bounds() -> None:
    bomb = b"a: &a [x,x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (letter, letter, b",".join([b"*%c" % (letter - 1)] * 10)) for letter in range(98, 106)
    )
    with pytest.raises(Faults, match="unfold to more than 100,000 values"):
        read_yaml(bomb)


def test_words_of_yaml_1_1_stay_words() -> None:
    """`no` as an option's id, a bare date and a bare clock time mean what their author sees."""
    read = read_yaml(b"a: no\nb: 2015-04-07\nc: 9:30\nd: yes\ne: true\nf: 12\ng:\n")
    assert read == {"a": "no", "b": "2015-04-07", "c": "9:30", "d": "yes", "e": True, "f": 12, "g": None}


# --- catalogue ------------------------------------------------------------------------------------------------


def drop(folder: Path, name: str, **changes: str) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    for key, value in changes.items():
        text = re.sub(rf"(?m)^{key}: .*$", f"{key}: {value}", text)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_file_dropped_in_becomes_a_service_after_the_built_in_ones(tmp_path: Path) -> None:
    drop(tmp_path, "card.yaml")
    catalogue = Catalogue.load(extra_dir=tmp_path)
    assert [passport.id for passport in catalogue.list_services(TODAY)] == [*SERVICES, "library-card"]
    assert catalogue.get("library-card", TODAY).short_title.in_("en") == "Library card"


def test_a_broken_file_is_named_and_the_others_serve(tmp_path: Path) -> None:
    drop(tmp_path, "card.yaml")
    drop(tmp_path, "broken.yaml", id="Wrong Id")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "late.yml").write_text("id: late")
    catalogue = Catalogue.load(extra_dir=tmp_path)
    assert len(catalogue.list_services(TODAY)) == 3
    assert [problem.split(":")[0] for problem in catalogue.problems] == ["late.yml", "broken.yaml", "folder.yaml"]


def test_a_folder_that_is_not_there_is_a_problem_and_no_more(tmp_path: Path) -> None:
    catalogue = Catalogue.load(extra_dir=tmp_path / "nowhere")
    assert len(catalogue.list_services(TODAY)) == 2
    assert "the folder of passports cannot be read" in catalogue.problems[0]


def test_a_file_cannot_silently_replace_an_edition(tmp_path: Path) -> None:
    drop(tmp_path, "mine.yaml", id="home-schooling", edition='"2020-05-27"')
    catalogue = Catalogue.load(extra_dir=tmp_path)
    assert catalogue.problems == [
        'mine.yaml: edition: home-schooling.yaml holds "2020-05-27" of home-schooling already; change one of the two'
    ]
    assert catalogue.get("home-schooling", TODAY).short_title.en == "Home schooling"


def test_each_day_has_its_edition_and_a_case_keeps_its_own(tmp_path: Path) -> None:
    drop(tmp_path, "one.yaml")
    drop(tmp_path, "two.yaml", edition='"2027-01-01"', effective='{from: "2027-01-01"}')
    drop(tmp_path, "gone.yaml", id="old", effective='{from: "2020-01-01", to: "2021-01-01"}')
    day = [dt.date(2026, 12, 31)]
    catalogue = Catalogue.load(extra_dir=tmp_path, today=lambda: day[0])
    assert catalogue.get("library-card").edition == "2026-01-05"
    day[0] = dt.date(2027, 1, 1)
    assert catalogue.get("library-card").edition == "2027-01-01"
    assert catalogue.edition("library-card", "2026-01-05").edition == "2026-01-05"
    assert catalogue.get("old", dt.date(2021, 1, 1)).id == "old"
    assert "old" not in [passport.id for passport in catalogue.list_services()]


@pytest.mark.parametrize("id", ["old", "nothing", ""])
def test_what_is_not_in_force_is_not_found(tmp_path: Path, id: str) -> None:
    drop(tmp_path, "gone.yaml", id="old", effective='{from: "2020-01-01", to: "2021-01-01"}')
    catalogue = Catalogue.load(extra_dir=tmp_path)
    with pytest.raises(ServiceNotFound):
        catalogue.get(id, TODAY)
    with pytest.raises(ServiceNotFound):
        catalogue.edition(id, "1999-01-01")


# --- anything at all ------------------------------------------------------------------------------------------

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["always", "9-20", "mon", "child"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, each in inner for place in [(*path, key), *places(each, (*path, key))]]


PLAIN = json.loads(json.dumps(read_yaml((BUILT_IN / "preschool-queue.yaml").read_bytes())))
PLAIN["text"] = PLAIN["text"][:2]
PLACES = places(PLAIN)


def says_something(written: bytes) -> bool:
    """The bytes are a passport, or every fault has its sentence; anything else raises."""
    try:
        return bool(read_passport(written))
    except Faults as faults:
        return bool(faults.faults) and all(fault.what.strip() for fault in faults.faults)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), st.just(...) | JUNK), min_size=1, max_size=3))
def test_whatever_is_changed_in_a_file_gives_a_passport_or_sentences(changes: list[tuple[Any, Any]]) -> None:
    plain = copy.deepcopy(PLAIN)
    for path, value in changes:
        try:
            place = plain
            for part in path[:-1]:
                place = place[part]
            if value is ...:
                del place[path[-1]]
            else:
                place[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    assert says_something(json.dumps(plain).encode())


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_whatever_happens_to_the_bytes_gives_a_passport_or_sentences(data: st.DataObject) -> None:
    written = SAMPLE.read_bytes()
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start, min(len(written), start + 40)))
    spoiled = written[:start] + data.draw(st.binary(max_size=6) | st.sampled_from(TRICKY)) + written[end:]
    assert says_something(spoiled)


TRICKY = (b"&a ", b"*a", b"<<: ", b"!!set ", b"? ", b"[", b"}", b"\n", b"- ", b"|", b"#", b"---\n", b"%YAML 9\n", b"~")


# --- for editors ----------------------------------------------------------------------------------------------


def test_the_schema_beside_the_files_is_the_one_the_code_makes() -> None:
    kept = json.loads((BUILT_IN / "passport.schema.json").read_text(encoding="utf-8"))
    assert kept == passport_json_schema(), (
        "write it anew: portal passports schema > portal/passports/passport.schema.json"
    )


@pytest.mark.parametrize("path", [*sorted(BUILT_IN.glob("*.yaml")), SAMPLE], ids=lambda path: path.stem)
def test_the_schema_accepts_files_as_they_are_written(path: Path) -> None:
    schema = passport_json_schema()
    assert not list(_refused(read_yaml(path.read_bytes()), schema, schema, "$"))


def test_the_schema_knows_hours_as_people_write_them() -> None:
    schema = passport_json_schema()
    hours = schema["$defs"]["Hours"]
    assert not list(_refused({"mon-fri": "09:00-18:30", "lunch": "none", "holidays": "closed"}, hours, schema, "$"))
    assert list(_refused({"sat": "9-20"}, hours, schema, "$"))
    assert list(_refused({"days": {"mon": "09:00-18:30"}}, hours, schema, "$"))


TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def _refused(value: Any, schema: Any, root: Any, path: str) -> Any:
    """Places that a schema refuses, by the few keywords that ours uses."""
    if "$ref" in schema:
        yield from _refused(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, path)
    kinds = schema.get("anyOf") or schema.get("oneOf")
    if kinds and all(list(_refused(value, inner, root, path)) for inner in kinds):
        yield f"{path}: none of {kinds}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value}"
    if "const" in schema and value != schema["const"]:
        yield f"{path}: {value}"
    kinds = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    if kinds and not any(isinstance(value, TYPES[kind]) for kind in kinds):
        yield f"{path}: {value} is no {kinds}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: {value}"
    if isinstance(value, list) and "items" in schema:
        for number, inner in enumerate(value):
            yield from _refused(inner, schema["items"], root, f"{path}[{number}]")
    if isinstance(value, dict):
        yield from _refused_keys(value, schema, root, path)


def _refused_keys(value: dict[str, Any], schema: Any, root: Any, path: str) -> Any:
    yield from (f"{path}: {key} missing" for key in schema.get("required", ()) if key not in value)
    for key, inner in value.items():
        patterns = [each for pattern, each in schema.get("patternProperties", {}).items() if re.search(pattern, key)]
        fitting = schema.get("properties", {}).get(key) or (patterns[0] if patterns else None)
        fitting = fitting or schema.get("additionalProperties", True)
        if fitting is False:
            yield f"{path}: {key} unknown"
        elif isinstance(fitting, dict):
            yield from _refused(inner, fitting, root, f"{path}.{key}")


def test_the_example_of_the_manual_is_a_passport() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "passports.md").read_text(encoding="utf-8")
    example = manual.split("```yaml\n")[1].split("```")[0]
    passport = read_passport(example.encode())
    assert passport.opens_online
    organisations = json.loads((BUILT_IN.parent / "demo" / "organisations.json").read_text("utf-8"))
    assert passport.routing.body in [row["code"] for row in organisations], "it can be tried in the demo as it stands"


def test_the_manual_names_every_key() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "passports.md").read_text(encoding="utf-8")
    schema = passport_json_schema()
    for shape in ("Passport", "Channel", "FieldSpec", "Terms"):
        keys = (schema if shape == "Passport" else schema["$defs"][shape])["properties"]
        assert [key for key in keys if f"`{key}`" not in manual] == [], shape


# --- what is left out, or read by nothing ---------------------------------------------------------------------


def policy(name: str, value: Any) -> dict[str, Any]:
    return {name: [{"effective_from": "2026-01-05", "value": value}]}


@pytest.mark.parametrize(
    ("name", "edit", "sentence"),
    [
        (CARD, {("policy",): policy("correction_deadline", "banana")},
         'policy.correction_deadline[0].value: "banana" cannot stand here; write one of runs_on, pauses, restarts'),
        (CARD, {("policy",): policy("decision_signed_by_another", 3)},
         "policy.decision_signed_by_another[0].value: 3 is neither true nor false; write true or false"),
        (CARD, {("policy",): policy("enrolment_days", 3)},
         'policy.enrolment_days: no rule reads "enrolment_days"; '
         "the known ones are correction_deadline, decision_signed_by_another"),
        (QUEUE, {("policy",): policy("restore_within_days", "month")},
         'policy.restore_within_days[0].value: "month" is not a whole number; write digits only'),
        (QUEUE, {("policy",): policy("group_change_by", "31 June")},
         'policy.group_change_by: no rule reads "group_change_by"; the known ones are child_confirmation_working_days'),
        (CARD, {("routing",): None}, "nothing says to which body a case goes; ask for a town"),
        (CARD, {("routing",): {"by": "locality", "field": "town"}},
         "routing.field: routing by locality goes by a field with type: locality; add such a field and name it here"),
        ("home-schooling", {("steps", 2, "fields", 0, "id"): "child_inn", ("checks",): None},
         'steps[2].fields[0].id: no question asks for the iin of "child", so no register can confirm it; '
         "call this one child_iin, or add prefill: child.iin"),
    ],
)  # fmt: skip
def test_what_is_missing_or_unread_is_named_and_the_file_still_serves(
    tmp_path: Path, name: str, edit: dict[Any, Any], sentence: str
) -> None:
    said = [re.sub(r"^.*?: line \d+: ", "", fault) for fault in faults_of(tmp_path, name, edit)]
    assert any(fault.startswith(sentence) for fault in said), said
    assert Catalogue.load(extra_dir=tmp_path).edition(*ids_of(tmp_path / f"{name}.yaml"))
    with pytest.raises(Faults):
        read_passport((tmp_path / f"{name}.yaml").read_bytes())


def ids_of(file: Path) -> tuple[str, str]:
    plain = read_yaml(file.read_bytes())
    return plain["id"], plain["edition"]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ({"fields": ["child", "child_iin"]}, "checks[0].fields: age_between looks at 1 to 1 fields; name so many"),
        ({"fields": ["chld"]}, 'checks[0].fields[0]: there is no field "chld"; did you mean "child"?'),
        ({"fields": ["priority"]},
         "checks[0].fields[0]: age_between looks at fields of type date, person, iin, not choice; name such a one"),
        ({"under": None}, "checks[0]: age_between needs a limit; add one of at_least, under, on, by, ages"),
        ({"past": 3}, "checks[0].past: age_between has no past; delete it"),
        ({"by": "priority"}, "checks[0]: by names a choice, ages its limits by option; write both or neither"),
    ],
)  # fmt: skip
def test_a_check_that_cannot_be_held_is_a_fault(tmp_path: Path, edit: dict[str, Any], sentence: str) -> None:
    check = {"id": "age", "kind": "age_between", "fields": ["child"], "under": 18, "message": THREE, **edit}
    written = {key: value for key, value in check.items() if value is not None}
    said = [re.sub(r"^.*?: line \d+: ", "", fault) for fault in faults_of(tmp_path, QUEUE, {("checks",): [written]})]
    assert sentence in said
