# Needs make, Python 3.11 or newer with its venv module, and nothing else.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

# Stamps: the virtual environment stands, has what running needs, has what development needs.
MADE := $(VENV)/made
RUNNABLE := $(VENV)/runnable
DEVELOPABLE := $(VENV)/developable

.PHONY: help run install test lint format pins upgrade clean FORCE

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s  %s\n", $$1, $$2 }' Makefile

run: $(RUNNABLE) ## install, then run the bot (without DISCORD_TOKEN: the chat)
	@exec $(BIN)/sourcier run

install: $(RUNNABLE) ## install into .venv what running needs

# What is compiled is kept, whatever the environment says: the tests start many processes.
test: export PYTHONDONTWRITEBYTECODE =
# Each of those processes would otherwise start threads to calculate with, which cost as much as its imports.
test: export OPENBLAS_NUM_THREADS = 1
test: lint ## lint, check types and run the tests
	@$(BIN)/pytest --numprocesses 4 --dist worksteal

lint: $(DEVELOPABLE) ## lint and check types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: $(DEVELOPABLE) ## repair what ruff can repair
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

# Resolves for every platform and Python at once. Hatchling and editables are pinned too, because the project
# itself is installed without build isolation, which would fetch them unpinned.
COMPILE = printf 'editables\nhatchling\n' | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate

pins: $(MADE) ## pin what pyproject.toml asks for, keep other pins
	@$(PIP) install uv </dev/null
	@$(COMPILE) $(UPGRADE) --output-file constraints.txt pyproject.toml - >/dev/null
	@$(COMPILE) $(UPGRADE) --output-file constraints-dev.txt --extra dev \
		--constraint constraints.txt pyproject.toml - >/dev/null

upgrade: UPGRADE := --upgrade
upgrade: pins ## pin the newest version of everything

clean: ## remove .venv, caches and builds; the data stays
	@rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	@find benchmarks bot index seeds tests -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment that was made elsewhere, came with a copied folder or lost its Python is made anew: its
# scripts would run another folder's code.
ifneq "$(shell test -x $(BIN)/python && cat $(MADE) 2>/dev/null)" "$(CURDIR)"
$(MADE): FORCE
endif

# Each candidate is run, not only looked up: the shims of version managers exist for versions that do not.
$(MADE):
	@set -- $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3 python); \
	without_venv=; \
	for python do \
		version=$$("$$python" -c 'import sys; sys.version_info >= (3, 11) or sys.exit(1); \
			print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null </dev/null) || continue; \
		if "$$python" -c 'import ensurepip, venv' 2>/dev/null </dev/null; then \
			echo "Making $(VENV) with Python $$version ..." >&2; \
			"$$python" -m venv --clear $(VENV) </dev/null && pwd -P >$@; \
			exit; \
		fi; \
		without_venv=$$version; \
	done; \
	if test -n "$$without_venv"; then \
		echo "Python $$without_venv has no venv module: install it (on Debian and Ubuntu, python3-venv)." >&2; \
	else \
		echo "No Python 3.11 or newer runs (tried: $$*). Install one, or name it: make PYTHON=/path/to/python" >&2; \
	fi; \
	exit 1

$(RUNNABLE): $(MADE) pyproject.toml constraints.txt
	@echo "Installing into $(VENV) ..." >&2
	@$(PIP) install --require-hashes --requirement constraints.txt </dev/null
	@$(PIP) install --no-deps --no-build-isolation --editable . </dev/null
	@touch $@

$(DEVELOPABLE): $(RUNNABLE) constraints-dev.txt
	@echo "Installing the development tools into $(VENV) ..." >&2
	@$(PIP) install --require-hashes --requirement constraints-dev.txt </dev/null
	@touch $@
