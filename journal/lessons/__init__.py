"""The dated lesson: topic, homework, lesson plan (КТП), edit windows and unlocks."""
