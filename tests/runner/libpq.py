"""A connection to a PostgreSQL server inside of this process: a test that asks much need
not start a psql for each question.
"""

import ctypes
import ctypes.util

from .base import Skip

CONNECTION_OK, DONE_WELL, ROWS = 0, 1, 2
SQLSTATE, MESSAGE, TABLE = ord("C"), ord("M"), ord("t")

FUNCTIONS = {
    # name: (what comes back, arguments)
    "PQconnectdb": (ctypes.c_void_p, (ctypes.c_char_p,)),
    "PQstatus": (ctypes.c_int, (ctypes.c_void_p,)),
    "PQerrorMessage": (ctypes.c_char_p, (ctypes.c_void_p,)),
    "PQfinish": (None, (ctypes.c_void_p,)),
    "PQexec": (ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_char_p)),
    "PQresultStatus": (ctypes.c_int, (ctypes.c_void_p,)),
    "PQresultErrorField": (ctypes.c_char_p, (ctypes.c_void_p, ctypes.c_int)),
    "PQntuples": (ctypes.c_int, (ctypes.c_void_p,)),
    "PQnfields": (ctypes.c_int, (ctypes.c_void_p,)),
    "PQgetisnull": (ctypes.c_int, (ctypes.c_void_p, ctypes.c_int, ctypes.c_int)),
    "PQgetvalue": (ctypes.c_char_p, (ctypes.c_void_p, ctypes.c_int, ctypes.c_int)),
    "PQclear": (None, (ctypes.c_void_p,)),
    "PQsetNoticeProcessor": (ctypes.c_void_p,
                             (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)),
}
SILENT = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p)(lambda _, said: None)


def load_library():
    name = ctypes.util.find_library("pq")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    for function, (result, arguments) in FUNCTIONS.items():
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library


LIBRARY = load_library()


class ServerError(Exception):
    """What the server refuses: its words, the SQLSTATE and the table that it names."""

    def __init__(self, message, state, table):
        super().__init__(message)
        self.state, self.table = state, table


class Session:
    """Use it in `with`; values are texts, or None."""

    def __init__(self, url):
        if LIBRARY is None:
            raise Skip("libpq is not installed: run `make deps`")
        self.connection = LIBRARY.PQconnectdb(url.encode())
        if LIBRARY.PQstatus(self.connection) != CONNECTION_OK:
            said = LIBRARY.PQerrorMessage(self.connection).decode()
            self.close()
            raise ServerError(said, "", None)
        LIBRARY.PQsetNoticeProcessor(self.connection, SILENT, None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        LIBRARY.PQfinish(self.connection)
        self.connection = None

    def ask(self, sql):
        """The rows of the last statement."""
        result = LIBRARY.PQexec(self.connection, sql.encode("utf-8", "surrogateescape"))
        try:
            if LIBRARY.PQresultStatus(result) not in (DONE_WELL, ROWS):
                raise self.error(result)
            return [tuple(value(result, row, column)
                          for column in range(LIBRARY.PQnfields(result)))
                    for row in range(LIBRARY.PQntuples(result))]
        finally:
            LIBRARY.PQclear(result)

    def error(self, result):
        fields = [LIBRARY.PQresultErrorField(result, field) or b""
                  for field in (MESSAGE, SQLSTATE, TABLE)]
        message, state, table = (field.decode("utf-8", "replace") for field in fields)
        if not message:
            message = LIBRARY.PQerrorMessage(self.connection).decode("utf-8", "replace")
        return ServerError(message, state, table or None)


def value(result, row, column):
    if LIBRARY.PQgetisnull(result, row, column):
        return None
    return LIBRARY.PQgetvalue(result, row, column).decode("utf-8", "replace")
