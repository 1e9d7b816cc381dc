"""`flask demo …` from the command line."""

from __future__ import annotations

from flask import Flask


def test_the_school_is_loaded_once_and_logins_are_renewed(app: Flask) -> None:
    runner = app.test_cli_runner()
    nothing = runner.invoke(args=["demo", "logins"])
    assert nothing.exit_code == 1
    made = runner.invoke(args=["demo", "school", "--at", "2026-09-02T09:00"])
    assert made.exit_code == 0, made.output
    for role in ("администратор", "учитель", "родитель", "ученик", "специалист"):
        assert role in made.output
    assert runner.invoke(args=["demo", "school"]).exit_code == 1
    renewed = runner.invoke(args=["demo", "logins"])
    assert renewed.exit_code == 0

    def passwords(output: str) -> dict[str, str]:
        lines = [line.split("  ") for line in output.splitlines() if line.startswith("  ")]
        cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
        return {row[1]: row[2].split()[0] for row in cells}

    before, after = passwords(made.output), passwords(renewed.output)
    assert before.keys() == after.keys()
    assert len(before) >= 8
    assert not set(before.values()) & set(after.values())
