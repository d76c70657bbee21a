"""The web chat over HTTP: the page customers write on, and the requests it makes."""
