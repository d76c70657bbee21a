"""How long things are kept, as the settings say."""

from console.desk.retention import LOOKUPS, MOODS, QUESTIONS, SUGGESTIONS, Terms
from console.retention_settings import RetentionSettings


def retention_terms(settings: RetentionSettings) -> Terms:
    """Return the terms on which the desk erases."""
    days = (
        (MOODS, settings.moods_days),
        (SUGGESTIONS, settings.suggestions_days),
        (LOOKUPS, settings.lookups_days),
        (QUESTIONS, settings.questions_days),
    )
    kinds = {kind: kept for named, kept in days for kind in named if kept}
    return Terms(settings.closed_days, kinds, settings.drafts_days)
