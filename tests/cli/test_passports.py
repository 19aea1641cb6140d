"""`portal passports` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal import db as database
from portal.cli.passports import passports
from portal.models import PassportEdition

SAMPLE = Path(__file__).parent.parent / "data" / "sample-service.yaml"


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(passports, [str(argument) for argument in arguments], env=environment)


def test_check_says_what_is_fine() -> None:
    result = run("check", PORTAL_PASSPORTS_DIR="")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "preschool-queue, edition 2015-04-07: fine",
        "home-schooling, edition 2020-05-27: fine",
    ]


def test_check_looks_into_the_folder_of_extra_passports(tmp_path: Path) -> None:
    (tmp_path / "card.yaml").write_bytes(SAMPLE.read_bytes())
    assert "library-card, edition 2026-01-05: fine" in run("check", PORTAL_PASSPORTS_DIR=str(tmp_path)).output


def test_check_prints_every_fault_and_fails(tmp_path: Path) -> None:
    file = tmp_path / "card.yaml"
    file.write_text(SAMPLE.read_text(encoding="utf-8").replace('"10:00-14:00"', '"10-14"'), encoding="utf-8")
    result = run("check", SAMPLE, file)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "library-card, edition 2026-01-05: fine",
        'card.yaml: line 29: channels[1].hours.sat: "10-14" is not a time range; write "10:00-14:00"',
    ]


def test_check_of_a_file_that_is_not_there_is_a_clear_error() -> None:
    result = run("check", "nowhere.yaml")
    assert result.exit_code == 2
    assert "'nowhere.yaml' does not exist" in result.output


@pytest.mark.parametrize(("lang", "words"), [("kk", "Балабақшалар"), ("ru", "Детские сады"), ("en", "Kindergartens")])
def test_show_speaks_the_language_asked_for(lang: str, words: str) -> None:
    result = run("show", "preschool-queue", "--lang", lang)
    assert result.exit_code == 0
    assert f"step 8: {words}: kindergartens (ordered)" in result.output
    assert "mon-sat 09:00-20:00" in result.output


def test_show_of_an_unknown_service_names_the_known_ones() -> None:
    result = run("show", "fishing")
    assert result.exit_code == 1
    assert "there is no service fishing; the passports are: preschool-queue 2015-04-07" in result.output


def test_schema_is_json_that_editors_read() -> None:
    schema = json.loads(run("schema").output)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "mon" in json.dumps(schema["$defs"]["Hours"]["patternProperties"])


def test_show_knows_an_edition_that_an_administrator_published(settings, clock) -> None:
    database.db.initialize(database.make_database(settings.database_url))
    database.connect()
    text = SAMPLE.read_text(encoding="utf-8")
    PassportEdition.create(
        service="library-card", edition="2026-01-05", text=text, state="published", effective_from="2026-01-05",
        uploaded_at=clock(),
    )  # fmt: skip
    database.db.close()
    result = run("show", "library-card", PORTAL_ENV="test", PORTAL_DATABASE_URL=settings.database_url)
    assert result.exit_code == 0, result.output
    assert "id library-card, edition 2026-01-05" in result.output


def test_check_names_what_nothing_reads_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "card.yaml"
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    routing = next(number for number, line in enumerate(lines) if line.startswith("routing:"))
    lines[routing] = 'policy: {correction_deadlin: [{effective_from: "2026-01-05", value: pauses}]}'
    file.write_text("\n".join(lines), encoding="utf-8")
    result = run("check", file)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f'card.yaml: line {routing + 1}: policy.correction_deadlin: no rule reads "correction_deadlin"; '
        'did you mean "correction_deadline"?',
        "card.yaml: line 2: nothing says to which body a case goes; ask for a town (a field of type locality), or "
        "write routing: {by: body, body: code-of-an-organisation}",
    ]
