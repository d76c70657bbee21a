"""The console behind a browser's tab: the same app, another driver; one process a tab, started by the web server."""
