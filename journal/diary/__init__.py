"""A pupil's week, marks and absences as one reads them at home. Reads only."""
