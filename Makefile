# `make demo` and `make test` do all the set-up on a machine that has git, make and Python.
.PHONY: help demo test check lock clean venv
.PHONY: check-lint check-format check-types check-templates check-imports check-migrations check-deploy check-lock
.DEFAULT_GOAL := help

PORT ?= 8000
ARGS ?=
BIN := .venv/bin
# Only `make lock` needs it.
UV ?= uv

LOCK := $(UV) export --quiet --frozen --no-emit-project --format requirements-txt --no-header

help:
	@echo "make demo [PORT=8000]   set up, load the demo data, serve on 127.0.0.1"
	@echo "make test [ARGS=…]      set up, run the tests (ARGS go to pytest)"
	@echo "make check              every gate but the tests; changes nothing (make -k check: all of them)"
	@echo "make lock               write the locks anew from pyproject.toml (needs uv)"
	@echo "make clean              remove what make made; the embedded database is kept"

venv:
	@scripts/build-venv

demo: venv
	@$(BIN)/python manage.py demo --port $(PORT)

test: venv
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: check-lint check-format check-types check-templates check-imports check-migrations check-deploy check-lock

check-lint: venv
	$(BIN)/ruff check .

check-format: venv
	$(BIN)/ruff format --check .

# The types of the models need the settings, and the settings want a database; it is never asked.
check-types: venv
	DATABASE_URL=postgresql://unused/unused SECRET_KEY=unused $(BIN)/mypy

check-templates: venv
	find templates -name '*.html' -exec $(BIN)/djade --check {} +

check-imports: venv
	$(BIN)/lint-imports --no-cache

check-migrations: venv
	$(BIN)/python -W error manage.py makemigrations --check --dry-run

check-deploy: venv
	PYTHONPATH=. $(BIN)/python -W error scripts/check-deploy

check-lock: venv
	$(BIN)/python -m pip check --disable-pip-version-check
	@if [ -f uv.lock ] && $(UV) --version >/dev/null 2>&1; then echo "uv lock --check"; $(UV) lock --check --quiet; fi

lock:
	$(UV) lock
	$(LOCK) --all-groups --output-file requirements.lock
	$(LOCK) --no-dev --output-file requirements-production.lock

clean:
	rm -rf .venv .venv.turn .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache staticfiles test-results
	find apps tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
