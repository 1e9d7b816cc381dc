# Every target works in a fresh clone: the environment is made on first use and reused while the
# pinned requirements stay the same.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
SCHOOL ?=
EMPTY ?=
WORKERS ?= 2

BOOT := $(PYTHON) deploy/bootstrap.py --venv "$(VENV)"
BIN := $(VENV)/bin
SOURCES := journal config.py wsgi.py deploy bench tests

.DEFAULT_GOAL := help
.PHONY: help run install dev test check bench format translations catalogues screenshots

help:
	@echo "make run [SCHOOL=school.xlsx] [PORT=8000]   start the journal"
	@echo "make run EMPTY='Школа № 1'                  start with an empty school of that name"
	@echo "make test [ARGS=...]    the whole suite on SQLite, then on PostgreSQL"
	@echo "make check              format, lint, types, import contracts, translations"
	@echo "make format             put the code into the house format"
	@echo "make translations       collect messages, update and compile the catalogues"
	@echo "make bench              measure the pages, write docs/performance.md"
	@echo "make screenshots        take the pictures of the README"

run:
	@$(BOOT) run --port "$(PORT)" --school "$(SCHOOL)" --empty "$(EMPTY)"

install:
	@$(BOOT) install

dev:
	@$(BOOT) install --dev

catalogues: dev
	@$(BIN)/python deploy/catalogue.py compile

# What failed is run once more by itself: a test that a busy machine alone had failed is told by its
# first failure in the output, one that fails twice fails the suite.
suite = TEST_ENGINE=$(1) $(BIN)/python -m pytest -q -n $(WORKERS) $(ARGS)
both_times = $(call suite,$(1)) || { [ $$? = 1 ] && $(call suite,$(1)) --last-failed; }

test: catalogues
	@$(call both_times,sqlite)
	@$(call both_times,postgresql)

check: dev
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python deploy/catalogue.py check
	@$(BIN)/python deploy/scripts.py static/js

format: dev
	@$(BIN)/ruff format $(SOURCES)
	@$(BIN)/ruff check --fix $(SOURCES)

translations: dev
	@$(BIN)/python deploy/catalogue.py update

bench: catalogues
	@$(BIN)/python -m bench

screenshots: catalogues
	@$(BIN)/python deploy/screenshots.py
