"""The columns of МП-1 as formulas and rules name them."""

from __future__ import annotations

from journal.exchange.forms.expressions import Cell

H1, H2, YEAR = "Полугодие_1", "Полугодие_2", "Год"
E, F, G, H, I, J, K, L, M = (Cell(letter) for letter in "EFGHIJKLM")  # noqa: E741
N, O, P, Q, R, S, T, U, V, W, X = (Cell(letter) for letter in "NOPQRSTUVWX")  # noqa: E741
Y, Z, AA = Cell("Y"), Cell("Z"), Cell("AA")
