"""Queries of the pages that members open most: their SQL is put together once a process.

Django builds the text of a query anew each time, which takes longer than the database takes to answer it.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError


class PreparedQuery:
    """A `values_list` with one condition, a number or a text, that is asked again and again for another one.

    `make` gives the query with an example in the place of the value. One that locks is refused outside a transaction,
    each time, where Django looks only while it builds the query.
    """

    def __init__(self, make: Callable[[], QuerySet[Model, tuple[Any, ...]]]) -> None:
        self._make = make

    def rows(self, value: int | str) -> Sequence[Sequence[Any]]:
        """The rows for this value.

        Raises ValueError for a query with no place for one, or with several, TransactionManagementError for a lock
        that no transaction would hold.
        """
        compiler, sql, converters = self._prepared
        if compiler.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("a lock needs a transaction")
        with connection.cursor() as cursor:
            cursor.execute(sql, [value])
            found = cursor.fetchall()
        return list(compiler.apply_converters(found, converters)) if converters else found

    @cached_property
    def _prepared(self) -> tuple[SQLCompiler, str, dict[int, Any]]:
        """With what the database gives otherwise than Python wants it, such as times on SQLite.

        Threads that come here at once each put together their own.
        """
        compiler = self._make().query.get_compiler(connection=connection)
        sql, examples = compiler.as_sql()
        if len(examples) != 1:
            raise ValueError(f"a prepared query takes one value, not {len(examples)}")
        return compiler, sql, compiler.get_converters([expression for expression, *_ in compiler.select])
