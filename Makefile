# make demo   a session against a local gateway, from nothing but Python
# make test   every test, under 6 minutes on two cores
# make cases  write the expected files of tests/cases anew, for a look at the difference
# make clients  write output/ anew from specs/
# make robust  kills 200 runs and tries every attack at every place of a document
# make corpus-calls  every operation of thirty of them, called against a server that validates requests; needs npm
# make corpus  a table of what becomes of many real documents: IONAPI_CORPUS=folder make corpus

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: demo test lint cases clients corpus corpus-calls robust clean

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/.ready
	$(BIN)/python docs/demo/session.py

test: $(VENV)/.ready lint
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal --quiet

lint: $(VENV)/.ready
	$(BIN)/black --check --quiet generator tests docs benchmarks
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/ionapi generate --check

cases: $(VENV)/.ready
	$(BIN)/python -m pytest --quiet tests/test_cases.py --update

clients: $(VENV)/.ready
	$(BIN)/ionapi generate

corpus: $(VENV)/.ready
	PYTHONPATH=tests $(BIN)/python -m corpus $(CORPUS_OPTIONS)

corpus-calls: $(VENV)/.ready
	PYTHONPATH=tests $(BIN)/python -m corpus.calls

robust: $(VENV)/.ready
	IONAPI_KILLS=100 IONAPI_ATTACKS=100 $(BIN)/python -m pytest --numprocesses 2 tests/robust tests/security

clean:
	rm -rf $(VENV) build dist
