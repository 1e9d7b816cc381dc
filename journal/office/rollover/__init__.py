"""The roll-over of the year: promotion, repeaters, leavers, new classes; it can be undone."""
