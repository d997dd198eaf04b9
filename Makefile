# The whole developer manual. `make demo` and `make test` need nothing but Python 3.11, pip and, on Debian, apt.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SERVE  ?= 1

.PHONY: demo test lint eval bench docs clean system standards spark

demo: $(VENV)/.demo          ## build the example case and open it (SERVE=0 only builds)
	$(BIN)/riwaya demo dam.riwaya $(if $(filter 0,$(SERVE)),--no-serve,)

test: $(VENV)/.dev system standards spark lint   ## everything that must be green
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

eval: $(VENV)/.dev           ## quality on gold, against evals/floors.json
	$(BIN)/python -m evals.run

bench: $(VENV)/.bench        ## speed and memory against public peers, in one run
	$(BIN)/python -m bench.run

docs: $(VENV)/.dev           ## regenerate docs/reference from the code
	$(BIN)/python scripts/make_reference.py

system:                      ## Debian packages that only some tests need; without root those tests are skipped and say so
	@scripts/system_packages.sh

standards: $(VENV)/.dev system    ## FollowTheMoney compiles what it needs: where that fails its test is skipped and says so
	@$(BIN)/python -c 'import followthemoney' 2>/dev/null || $(BIN)/python -m pip install -q 'followthemoney>=4' >/dev/null 2>&1 \
		|| echo "Not installed: followthemoney. Its test is skipped."

spark: $(VENV)/.dev system       ## 430 MB, and of use only where there is Java: where it cannot be had its tests are skipped
	@! command -v java >/dev/null 2>&1 || $(BIN)/python -c 'import pyspark' 2>/dev/null \
		|| $(BIN)/python -m pip install -q --disable-pip-version-check -e '.[spark]' >/dev/null 2>&1 || echo "Not installed: pyspark. Its tests are skipped."

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis dam.riwaya*

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "riwaya needs Python 3.11 or newer: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy python3-venv && $(PYTHON) -m venv --clear $(VENV); }

$(VENV)/.demo: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -e . && touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]' && touch $@ $(VENV)/.demo

$(VENV)/.bench: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --upgrade 'pip>=24'  # older ones fall over two spellings of one extra
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev,bench]' && touch $@
