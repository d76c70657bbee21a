"""The steps that bring a database to the present schema; alembic runs them when the log is opened."""
