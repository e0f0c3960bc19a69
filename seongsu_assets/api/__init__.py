"""The HTTP API: what a table cannot do, over the same warehouse that everything else reads.
No forecast is issued and no model trained here; who serves the process is `cli.serve`."""
