"""The desk: it runs conversations. Use cases over the event log, the assist engine and the channels."""
