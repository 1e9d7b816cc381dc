"""Calendar feeds: what a person's calendar program is given."""

from journal.office.feeds.events import Say, feed_events
from journal.office.feeds.state import feed_state

__all__ = ["Say", "feed_events", "feed_state"]
