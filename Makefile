# Needs Python 3.11 or later, make and a package index; everything else is fetched into .venv by the lock files.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
PYBABEL := $(PY) -m babel.messages.frontend --quiet
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

.PHONY: run test test-postgresql check bench translations sbom advisories format-check lint types imports templates translations-check
.DELETE_ON_ERROR:

# The portal with demo data, its worker and the sandbox registers, at http://127.0.0.1:8000 (PORT changes it).
run: export PORTAL_ENV := $(or $(PORTAL_ENV),demo)
run: .venv/.installed $(CATALOGUES)
	@$(PY) -m portal.cli db upgrade
	@$(PY) -m portal.cli demo load
	@$(PY) -m portal.cli serve --with-worker

# The whole suite on SQLite, or a part of it: make test ARGS=tests/services
test: .venv/.installed-dev $(CATALOGUES)
	$(PY) -m pytest -rs -n 2 --dist worksteal $(ARGS)

# The same on a throw-away PostgreSQL server: slower, a database is made for each test.
test-postgresql: .venv/.installed-dev $(CATALOGUES)
	TEST_DATABASE=postgresql $(PY) -m pytest -rs -n 2 --dist worksteal -m "not browser" $(ARGS)

# All of them at once, each failure shown: make -k check
check: format-check lint types imports templates translations-check

format-check: .venv/.installed-dev
	$(PY) -m ruff format --check .

lint: .venv/.installed-dev
	$(PY) -m ruff check .

types: .venv/.installed-dev
	$(PY) -m mypy

imports: .venv/.installed-dev
	.venv/bin/lint-imports

templates: .venv/.installed-dev
	.venv/bin/djlint --lint --quiet portal/templates

translations-check: .venv/.installed-dev
	$(PY) -m pytest -q tests/house/test_translations.py

bench: .venv/.installed-dev $(CATALOGUES)
	$(PY) -m tests.bench $(ARGS)

# What the portal is made of, for whoever has to know: CycloneDX in build/sbom.cdx.json
sbom: .venv/.installed-dev
	@$(PY) -m tests.supply.sbom

# Which advisories of a file in the OSV format speak of what is pinned: make advisories FILE=advisories.zip
advisories: .venv/.installed-dev
	@$(PY) -m tests.supply.advisories "$(FILE)"

# Collect the words of the sources into the catalogues: new ones are empty, those no longer used go.
translations: .venv/.installed-dev
	@$(PYBABEL) extract -F translations/babel.cfg -k _l -k lazy_gettext --add-location=file --sort-by-file \
		-o translations/messages.pot portal
	@$(PYBABEL) update -N --ignore-obsolete --ignore-pot-creation-date -w 120 -i translations/messages.pot -d translations
	@$(PY) -m pytest -q tests/house/test_translations.py

%.mo: %.po | .venv/.made
	@$(PYBABEL) compile -i $< -o $@

.venv/.installed: requirements.txt | .venv/.made
	@echo "Installing what the portal needs (once) ..."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt | .venv/.made
	@echo "Installing what the portal and its tests need (once) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@ .venv/.installed

# The environment, with this folder on its path and a `portal` command in it. A half-made one is made anew.
.venv/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; PYTHON=/path/to/python3 names one."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "$(PYTHON) is not Python 3.11 or later; PYTHON=/path/to/python3 names another."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "This Python cannot make environments: its venv is missing. Debian, Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(PY) -c 'import sysconfig; open(sysconfig.get_path("purelib") + "/qyzmet.pth", "w").write("../../../..\n")'
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m portal.cli "$$@"\n' > .venv/bin/portal
	@chmod +x .venv/bin/portal
	@touch $@
