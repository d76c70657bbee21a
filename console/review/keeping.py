"""The books' files brought up to date: for whoever has time for it, ahead of those who look."""

from datetime import datetime
from pathlib import Path

from console.review.automating.keeping import kept_in
from console.review.book import ERASURES
from console.review.book_file import BookFile, review_file
from console.review.reading import ReadableLog, Say, book_of, report_file


def keep_books(log: ReadableLog, books: Path, since: datetime, oldest: datetime, say: Say | None = None) -> int:
    """Bring the lead's book up to date in its file; returns up to which event that goes, zero where none is kept.

    It goes back to ``since``, and never beyond ``oldest``. The report's file is deleted where it tells of anything that
    was erased, and so are answers on what could be automated: they are made again for who looks next. Raises what the
    log raises, and ``OSError``.
    """
    _check(report_file(books), log)
    for answer in kept_in(books):
        answer.check(log)
    file = review_file(books)
    book_of(log, file, since, say, oldest=oldest, grown=1)
    return file.upto


def _check(file: BookFile, log: ReadableLog) -> None:
    book = file.load(log)
    if book is not None and any(book.lost_by(event.data) for event in log.of_kinds(ERASURES, after=book.read)):
        file.forget()
