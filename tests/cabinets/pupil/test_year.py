"""A year of marks and of absences, and a pupil's own today."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from journal.grading.models import TermMark
from journal.school.models import ClassMembership
from tests.cast import NOW, Cast
from tests.conftest import Login
from tests.features.diary.school import OwnSchool
from tests.page_quality import check_page


def read(login: Login, path: str, who: str = "parent") -> str:
    answer = login(who).get(path)
    assert answer.status_code == 200
    check_page(answer.text)
    return " ".join(answer.text.split())


def test_marks_by_term_the_present_one_first(login: Login, cast: Cast) -> None:
    text = read(login, f"/diary/marks/{cast.pupils['pupil']}")
    assert "<h1>Отметки: Ёлкин Артём</h1>" in text
    assert text.index("II четверть") < text.index(">I четверть")
    assert "III четверть" not in text  # not begun
    assert ">4,75</a>" in text
    assert ">4,00</a>" in text
    assert "Отметки за периоды" not in text  # none given yet


def test_term_marks_in_a_table_and_at_their_subject(
    login: Login, cast: Cast, db_session: Session
) -> None:
    for kind, number, value in (("quarter", 1, "4"), ("year", 0, "5")):
        db_session.add(
            TermMark(
                organisation_id=cast.school,
                pupil_id=cast.pupils["pupil"],
                subject_id=cast.subjects["maths"],
                academic_year_id=cast.year,
                kind=kind,
                number=number,
                value=value,
                entered_at=NOW,
            )
        )
    db_session.commit()
    text = read(login, f"/diary/marks/{cast.pupils['pupil']}")
    table = text.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    assert '<th scope="row">Математика</th>' in table
    assert table.count('<b class="m4">4</b>') == 1
    assert table.count('<b class="m5">5</b>') == 1
    assert "за период: 4" in text
    assert "Отметки за периоды" not in read(login, f"/diary/marks/{cast.pupils['sibling']}")


def test_absences_by_term_with_reasons(login: Login, cast: Cast) -> None:
    text = read(login, f"/diary/absences/{cast.pupils['third']}", "class_teacher")
    second, first = text.split(">I четверть", 1)
    assert "пропущен 1 урок, 1 опоздание" in second
    assert "по болезни&nbsp;–&nbsp;1" in second
    assert "Пропуск по болезни" in second
    assert "Опоздание на 10 мин" in second
    assert "пропусков нет" in first


def test_years_can_be_chosen_where_there_are_several(
    login: Login, cast: Cast, db_session: Session, own_school: OwnSchool
) -> None:
    own_school.academic_year("2025-2026", date(2025, 9, 1), date(2026, 6, 1))
    before = own_school.class_group("4А")
    moved = own_school.pupil_of("pupil")
    own_school.add(
        ClassMembership,
        pupil_id=moved.id,
        class_group_id=before.id,
        starts_on=date(2025, 9, 1),
        ends_before=date(2026, 6, 1),
    )
    db_session.commit()
    path = f"/diary/marks/{moved.id}"
    assert "2025-2026" in read(login, path)
    past = read(login, f"{path}?year={own_school.year.id}")
    assert "4А, 2025-2026" in past
    assert ">4,75</a>" not in past


def test_today_of_a_pupil(login: Login, cast: Cast) -> None:
    text = read(login, "/today", "pupil")
    assert "Сегодня, пятница 20 ноября" in text
    assert "понедельник, 23 ноября" in text
    assert "Новые отметки" in text
    assert "Софья" not in text
    assert login("pupil").get("/").location.endswith("/today")
