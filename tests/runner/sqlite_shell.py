#!/usr/bin/env python3
"""`sqlite3 -bail FILE < script` by the SQLite that Python is given: the system's shell
runs no other library than the one that it was built with."""

import re
import sqlite3
import sys


def statements(text):
    statement = ""
    for piece in re.split("(?<=;)", text):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def shown(value):
    return "" if value is None else str(value)


def main():
    database = sqlite3.connect(sys.argv[-1], isolation_level=None)
    for statement in statements(sys.stdin.read()):
        try:
            for row in database.execute(statement):
                print("|".join(map(shown, row)))
        except sqlite3.Error as e:
            sys.exit(f"Error: {e}")


if __name__ == "__main__":
    main()
