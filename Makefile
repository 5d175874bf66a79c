# Everything a person does with Talkoot from a terminal. `make` alone lists it.
# Needs Python 3.11 or later with venv, and make. Nothing else; nothing runs as root.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= python3
PORT ?= 8000
export PORT
export UV_LINK_MODE ?= copy
# A city's own certificates, as pip trusts them.
export UV_SYSTEM_CERTS ?= 1

VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

# install FILE: by uv, or by pip where uv does not run or find its way to the packages
define install
	@{ [ -x $(UV) ] && $(UV) pip install --quiet --python $(PY) --require-hashes --no-build -r $(1); } \
	|| $(PY) -m pip install --quiet --require-hashes --only-binary :all: -r $(1)
endef

.PHONY: help setup demo test check format check-look bench bench-decision bench-survey bench-evidence messages lock clean

help: ## This list
	@echo "Talkoot"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-18s %s\n' "$$name" "$$text"; done

setup: $(VENV)/.runtime $(VENV)/.compiled build/.fonts build/.messages ## Make the environment, compiled code, fonts and catalogues

demo: setup ## Three cities on http://127.0.0.1:8000 (PORT=8123 and TALKOOT_DATA=dir move it)
	@exec $(VENV)/bin/talkoot demo

test: setup $(VENV)/.dev ## The suite on SQLite and PostgreSQL, then journeys in a browser
	@exec $(PY) -m scripts.test

check: setup $(VENV)/.dev ## Lint, types, floors, templates, translations, migrations, structure
	@exec $(PY) -m scripts.check

format: setup $(VENV)/.dev ## Let the formatters write code and templates
	@exec $(PY) -m scripts.check --mend

check-look: setup $(VENV)/.dev ## Every kind of page in every width, light and dark, read by axe (takes minutes)
	@exec $(PY) -m pytest -m look -n 2 tests

bench: setup $(VENV)/.dev ## Measure pages and write their section of benchmarks/results.md
	@exec $(PY) -m benchmarks

bench-decision: setup ## Measure the decision engine and write its section of benchmarks/results.md (takes minutes)
	@exec $(PY) -m benchmarks.decision

bench-survey: setup ## Measure estimates and disclosure control and write its section of benchmarks/results.md (a minute)
	@exec $(PY) -m benchmarks.survey

bench-evidence: setup ## Measure pooling of pilots and write its section of benchmarks/results.md
	@exec $(PY) -m benchmarks.evidence

messages: setup $(VENV)/.dev ## Collect strings, join locale_src/*.csv into locale/, list what is not translated
	@exec $(PY) -m scripts.messages

lock: $(VENV)/.tools ## Choose versions anew within requirements/*.in and lock them with hashes
	@for name in uv build runtime dev; do $(LOCK) --upgrade requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## Remove what was built; data that people entered stays
	rm -rf $(VENV) build src/talkoot.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find locale -name '*.mo' -delete

$(VENV)/.tools: requirements/uv.txt requirements/build.txt
	@echo "Making the environment"
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make an environment: on Debian, apt install python3-venv" >&2; exit 1; }
	@$(PY) -m pip install --quiet --require-hashes --only-binary :all: -r requirements/uv.txt || echo "Going on without uv"
	@$(PY) -m pip install --quiet --require-hashes --only-binary :all: -r requirements/build.txt
	@touch $@

$(VENV)/.runtime: $(VENV)/.tools requirements/runtime.txt pyproject.toml
	@echo "Installing what Talkoot stands on"
	$(call install,requirements/runtime.txt)
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@echo "Installing what tests and checks need"
	$(call install,requirements/dev.txt)
	@touch $@

$(VENV)/.compiled: $(VENV)/.runtime $(wildcard src/talkoot/analysis/decision/exact/*.py)
	@echo "Compiling the exact search (half a minute)"
	@$(PY) -m talkoot.analysis.decision.exact.prepare
	@touch $@

build/.fonts: $(VENV)/.runtime src/talkoot/kit/ui/fonts.py
	@mkdir -p build
	@$(PY) -m talkoot.kit.ui.fonts build/static/ui/fonts
	@touch $@

build/.messages: $(VENV)/.runtime scripts/messages.py $(wildcard locale/*/LC_MESSAGES/django.po)
	@mkdir -p build
	@$(PY) -m scripts.messages --compile
	@touch $@
