# make demo   set up, then run the main job on fixtures/
# make test   set up, then pass the tests
# make check  the tests with coverage, the linter, the types: what a change must pass

SUITABLE = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))
PYTHON ?= $(shell for p in python3 python3.12 python3.11; do \
	$$p -c '$(SUITABLE)' 2>/dev/null && echo $$p && break; done)
VENV = .venv
BIN = $(VENV)/bin

.PHONY: demo test check lint types bench docs clean

demo: $(VENV)/installed
	$(BIN)/sharewise recommend fixtures/drafts.csv --platform x,linkedin,instagram

test: $(VENV)/installed-dev .typing/sharewise
	$(BIN)/pytest -q -n 2

check: lint types $(VENV)/installed-dev
	$(BIN)/pytest -q -n 2 --cov --cov-report=term

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/installed-dev .typing/sharewise
	$(BIN)/mypy

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.run

docs: $(VENV)/installed-dev
	$(BIN)/python docs/generate.py

$(VENV)/installed: setup.cfg pyproject.toml
	@scripts/check-machine.sh "$(PYTHON)"
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

.typing/sharewise:
	@mkdir -p .typing && ln -sfn .. $@

clean:
	rm -rf $(VENV) .typing build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
