# Two commands matter: `make up` and `make test`. Both set everything up by themselves.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
AUDIT := .venv-audit
ONCE ?=

# Trust what the machine trusts: some networks have a certificate of their own.
export UV_SYSTEM_CERTS := true

.PHONY: up test check audit bench proof lock clean

up: $(READY)       ## set up, run the graph, print the forecast, serve the pages
	$(BIN)/seongsu up $(if $(ONCE),--once)

test: $(READY)     ## pass the tests
	$(BIN)/python -m pytest -n 4 --dist loadfile -m "not slow" seongsu_assets_tests

check: $(READY)    ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright

proof: $(READY)    ## the slow proofs
	$(BIN)/python -m pytest -n 0 seongsu_assets_tests/proof_*.py
	$(BIN)/python -m pytest -n 0 -m slow seongsu_assets_tests/browser

audit: $(AUDIT)/.ready ## secrets, static analysis, workflows, images, manifests, alert rules
	$(AUDIT)/bin/python tools/audit.py

bench: $(READY)    ## one table, ours beside the bare work; PAGE=docs/performance.md keeps it
	$(BIN)/python -W ignore -m seongsu_assets_tests.bench $(if $(PAGE),--page $(PAGE))

lock:              ## resolve pyproject.toml into requirements.lock, and what of it the image needs
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --extra scale \
	  --generate-hashes --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --constraints requirements.lock \
	  --generate-hashes --no-header --no-annotate --extra scale --group kubernetes pyproject.toml \
	  -o docker/requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group audit \
	  --generate-hashes --no-header --no-annotate -o audit.lock

# Compiled once: where the environment forbids to keep bytecode, every process would do it again.
$(READY): requirements.lock pyproject.toml
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python \
	  requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --python $(BIN)/python --editable .
	$(BIN)/python tools/openmp.py
	touch $(READY)

$(AUDIT)/.ready: audit.lock
	python3 -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(AUDIT)/bin/uv pip sync --quiet --require-hashes --python $(AUDIT)/bin/python audit.lock
	touch $@

clean:             ## remove the environment and all state
	rm -rf $(VENV) $(AUDIT) .seongsu
