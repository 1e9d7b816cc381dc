"""How a course is called in a line of text: «5Б, математика», «10А, 10Б, физика (профиль)»."""

from __future__ import annotations

NBSP = "\N{NO-BREAK SPACE}"


def classes_words(classes_key: str) -> str:
    """«10А,10Б» as people write it: «10А, 10Б»."""
    return ", ".join(classes_key.split(","))


def subject_words(subject: str) -> str:
    """A subject inside a line: small first letter, but «ОБЗР» and «Россия» keep theirs."""
    return subject if subject.startswith("Росси") else within_line(subject)


def within_line(words: str) -> str:
    """A small first letter, but an abbreviation keeps its own: «учитель физики», «ИО директора»."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def course_title(classes_key: str, subject: str, group: str = "") -> str:
    """Classes, subject, and the name of the subgroup where there is one."""
    return f"{classes_words(classes_key)}, {subject_title(subject, group)}"


def subject_title(subject: str, group: str = "") -> str:
    """«английский язык (1 группа)»: where the class is known anyway."""
    words = subject_words(subject)
    return f"{words} ({group.replace(' ', NBSP)})" if group else words


def classes_and_group(classes_key: str, group: str = "") -> str:
    """«5А» or «5А (1 группа)»: where the subject is known anyway."""
    words = classes_words(classes_key)
    return f"{words} ({group.replace(' ', NBSP)})" if group else words
