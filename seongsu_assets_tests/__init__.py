"""Tests: sentences about behaviour, on a real PostgreSQL.
No part of the product."""
