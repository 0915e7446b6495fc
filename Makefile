# Everything a newcomer or a continuous integration needs; written for GNU make 3.81 and later.
# `make site` and `make test` set themselves up: they want Python 3.11 or newer, git and make.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PYTHONS := python3.13 python3.12 python3.11 python3 python3.14 python
PIP_INSTALL := $(BIN)/python -m pip install -qq --no-input --disable-pip-version-check
PYTEST_ARGS ?=

# Material warns of MkDocs 2 on every build; pyproject.toml says `mkdocs<2` already.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site serve test check lint types reference records strict-site js-check js-bundle bench bench-build mutation screenshots lock clean \
	runtime dev chromium force

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

site: runtime ## Check kb/ and build the site into site/
	@$(BIN)/minutebook build

serve: runtime ## Show the site here and rebuild it at every change
	@$(BIN)/minutebook serve

test: dev chromium ## Run every test (PYTEST_ARGS="-k owner" for some of them)
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: lint types test reference records strict-site ## Everything that must hold before a change is handed in
	@echo "make check: all is well."

lint: dev ## Format and lint
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check

types: dev ## Check types (mypy, strict)
	@$(BIN)/mypy

reference: dev ## Compare the generated pages of docs/reference with the code
	@$(BIN)/python -m minutebook.reference --check

records: dev ## Check the records in kb/
	@$(BIN)/minutebook check

strict-site: dev ## Build the site, taking warnings for errors
	@$(BIN)/minutebook build --strict

bench: dev ## Measure reading, linking and checking of a large council
	@$(BIN)/python benchmarks/read_link_check.py

bench-build: dev ## Measure building and serving a large site, beside stock MkDocs
	@$(BIN)/python -m benchmarks.build

mutation: dev ## Put faults into the gate, ownership and the checks, and see which no test notices (takes long)
	@$(BIN)/python -m benchmarks.mutation $(MUTATION_ARGS)

# Resolved with the oldest Python that is supported: what it needs, the newer ones accept. The
# options keep this machine's index, links and paths out of the lock.
PIP_COMPILE = CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes \
	--allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	--build-deps-for editable $(if $(UPGRADE),--upgrade)

js-check: node_modules/.package-lock.json ## Check the types of the browser's modules (needs node)
	@node_modules/.bin/tsc --project tsconfig.json

js-bundle: dev node_modules/.package-lock.json ## Shorten the browser's script anew, after a change of its modules (needs node)
	@$(BIN)/python -m minutebook_search.static.bundle node_modules/.bin/terser

# Tools of the browser's modules; nothing of it reaches the site.
node_modules/.package-lock.json: package.json package-lock.json
	@npm ci --silent --no-audit --no-fund

screenshots: dev chromium ## Take the pictures in the guides anew
	@$(BIN)/python -m benchmarks.screenshots

lock: dev ## Pin the dependencies of pyproject.toml anew (UPGRADE=1 for the newest)
	@$(BIN)/python -c 'import sys; sys.version_info[:2] == (3, 11) or sys.exit("The lock is made with Python 3.11, the oldest supported: make clean; make lock PYTHON=python3.11")'
	@$(PIP_COMPILE) --output-file=requirements.txt pyproject.toml
	@$(PIP_COMPILE) --extra=dev --constraint=requirements.txt --output-file=requirements-dev.txt pyproject.toml
	@git --no-pager diff --stat -- requirements.txt requirements-dev.txt

clean: ## Remove everything that make and minutebook made here
	rm -rf $(VENV) site site.* .site* .minutebook build dist
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find build_tools search tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} +

# --- Set-up -----------------------------------------------------------------------------------
# Each step leaves a stamp in .venv, so that the next run has nothing to do. The first stamp holds
# the folder it was made for: a .venv that was copied or moved still points at the old place.

runtime: $(VENV)/runtime-installed
dev: $(VENV)/dev-installed

ifneq ($(shell cat $(VENV)/made-for 2>/dev/null),$(CURDIR))
$(VENV)/made-for: force
endif

$(VENV)/made-for:
	@set -e; \
	old= lame=; \
	for python in $(or $(PYTHON),$(PYTHONS)); do \
	  version=`"$$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null` || continue; \
	  if ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then old="$$old; $$python is $$version"; continue; fi; \
	  if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then lame="$$python"; continue; fi; \
	  echo "Setting up $(VENV) with Python $$version (only the first time)"; \
	  "$$python" -m venv --clear $(VENV); \
	  printf '%s\n' '$(CURDIR)' > $@; \
	  exit 0; \
	done; \
	if [ -n "$$lame" ]; then \
	  echo "$$lame has no venv module: install it (Debian and Ubuntu: apt-get install python3-venv), or name another Python: make PYTHON=/path/to/python3" >&2; \
	else \
	  echo "Minutebook needs Python 3.11 or newer, and none was found$$old. Name one if you have it: make PYTHON=/path/to/python3" >&2; \
	fi; \
	exit 1

$(VENV)/runtime-installed: $(VENV)/made-for requirements.txt pyproject.toml
	@echo "Installing what the site needs, from requirements.txt"
	@$(PIP_INSTALL) --require-hashes -r requirements.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev-installed: $(VENV)/made-for requirements-dev.txt pyproject.toml
	@echo "Installing what the tests need, from requirements-dev.txt"
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $(VENV)/runtime-installed $@

# The browser tests look at the site in Chromium. Where it is missing and may be installed, it is;
# where not, they skip by name. One attempt only: remove .venv/chromium-tried for another.
chromium: $(VENV)/made-for
	@for browser in "$$MINUTEBOOK_CHROMIUM" chromium chromium-browser google-chrome; do \
	  [ -z "$$browser" ] || ! command -v "$$browser" >/dev/null 2>&1 || exit 0; \
	done; \
	[ "$$MINUTEBOOK_NO_APT" != 1 ] && [ "`id -u`" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0; \
	[ ! -e $(VENV)/chromium-tried ] || exit 0; \
	echo "Installing Chromium for the browser tests (MINUTEBOOK_NO_APT=1 to leave it out)"; \
	touch $(VENV)/chromium-tried; \
	export DEBIAN_FRONTEND=noninteractive; \
	limit=; ! command -v timeout >/dev/null 2>&1 || limit="timeout 600"; \
	{ $$limit apt-get -qq -o Acquire::Retries=2 update && \
	  $$limit apt-get -qq -y -o DPkg::Lock::Timeout=120 install --no-install-recommends chromium fonts-liberation; \
	} >$(VENV)/chromium.log 2>&1 </dev/null || \
	  echo "Chromium was not installed ($(VENV)/chromium.log says why): the browser tests will skip"
