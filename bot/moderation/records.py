"""What moderators see as plain records, for ``--json``: drafts, pages that were read again, the audit log."""

from collections.abc import Sequence
from datetime import datetime

from bot.records import Record, figure_record, source_record
from index.moderating.differences import Difference
from index.moderating.model import Alike, Deed, Draft, Waiting
from index.moderating.upkeep import Looked, Plan
from index.reading.document import Caution


def notes_record(cautions: Sequence[Caution], alike: Sequence[Alike]) -> Record:
    """Return what had better be looked at in an article."""
    return {
        "cautions": [caution.value for caution in cautions],
        "alike": [
            {"likeness": each.likeness.value, "source": each.source.id, "share": round(each.share, 3)} for each in alike
        ],
    }


def draft_record(draft: Draft, difference: Difference) -> Record:
    """Return a draft with all that is known of it, and what it changes about the version that stands."""
    return {
        "id": draft.id,
        "kind": draft.kind.value,
        "at": draft.at.isoformat(),
        "by": draft.by,
        "until": draft.until.isoformat(),
        "source": source_record(draft.source),
        "replaces": None if draft.replaces is None else draft.replaces.id,
        **notes_record(draft.cautions, draft.alike),
        "opening": draft.opening,
        "figures": [figure_record(figure) for figure in draft.figures],
        "changes": difference_record(difference) if draft.replaces is not None else None,
    }


def waiting_record(waiting: Waiting, until: datetime) -> Record:
    """Return a draft in short."""
    return {
        "id": waiting.id,
        "at": waiting.at.isoformat(),
        "by": waiting.by,
        "until": until.isoformat(),
        "source": source_record(waiting.source),
    }


def difference_record(difference: Difference) -> Record:
    """Return what another version changes."""
    return {
        "lost": list(difference.lost),
        "figures": [
            {"before": figure_record(each.before), "after": figure_record(each.after) if each.after else None}
            for each in difference.figures
        ],
        "gone": list(difference.gone),
        "new": list(difference.new),
        "kept": difference.kept,
    }


def looked_record(looked: Looked) -> Record:
    """Return what came of looking at a source's page again."""
    return {
        "source": looked.source.id,
        "outcome": looked.look.value,
        "told": looked.told,
        "draft": None if looked.draft is None else looked.draft.id,
        "changes": None if looked.draft is None else difference_record(looked.difference),
    }


def plan_record(source_id: str, plan: Plan) -> Record:
    """Return how often the page of a source is looked at."""
    return {"source": source_id, **plan.model_dump(mode="json")}


def deed_record(deed: Deed) -> Record:
    """Return an entry of the audit log."""
    return deed.model_dump(mode="json")
