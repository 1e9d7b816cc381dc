"""The social passport of classes: who belongs to which category, and how many do."""
