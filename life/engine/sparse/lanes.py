"""Eight rows of a tile at once: the inner loop, written so that nothing is left to the compiler's judgement.

The loops that LLVM turns into vector code by itself have to be long, and here they are of eight words each. So their
machine code is asked for by name: numba lets one say in LLVM's language what a call is to become, and `Lanes` are
values in that language which behave like words. What they are put through are the same functions as everywhere else.
"""

# ruff: noqa: ARG001, ARG005  (numba says which arguments the functions have that it calls)

from functools import cache
from typing import Any, Self

from life.engine.compiler import numba_package
from life.engine.sparse import loops

_LANES = 8
_BITS = 64


class Lanes:
    """Eight words in a register, or whatever the processor has instead; every operation on it emits an instruction."""

    __array_ufunc__ = None  # has NumPy's constants leave operations with them to this class

    def __init__(self, builder: Any, value: Any) -> None:
        self._builder = builder
        self.value = value

    def __and__(self, other: Any) -> Self:
        return self._of(self._builder.and_(self.value, self._value_of(other)))

    def __or__(self, other: Any) -> Self:
        return self._of(self._builder.or_(self.value, self._value_of(other)))

    def __xor__(self, other: Any) -> Self:
        return self._of(self._builder.xor(self.value, self._value_of(other)))

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def __invert__(self) -> Self:
        return self ^ ((1 << _BITS) - 1)

    def __lshift__(self, by: Any) -> Self:
        return self._of(self._builder.shl(self.value, self._value_of(by)))

    def __rshift__(self, by: Any) -> Self:
        return self._of(self._builder.lshr(self.value, self._value_of(by)))

    def _of(self, value: Any) -> Self:
        return type(self)(self._builder, value)

    def _value_of(self, other: Any) -> Any:
        return other.value if isinstance(other, Lanes) else self.value.type([int(other)] * _LANES)


class _Rows:
    """The array of cells, of which eight words at a time are read and written."""

    def __init__(self, builder: Any, data: Any) -> None:
        self._builder = builder
        self._data = data

    def read(self, place: Any, after: int = 0) -> Lanes:
        """The words that begin so many after a place."""
        return Lanes(self._builder, self._builder.load(self._pointer(place, after), align=_BITS // 8))

    def write(self, place: Any, cells: Lanes) -> None:
        """Puts words at a place."""
        self._builder.store(cells.value, self._pointer(place, 0), align=_BITS // 8)

    def _pointer(self, place: Any, after: int) -> Any:
        from llvmlite import ir

        first = self._builder.gep(self._data, [self._builder.add(place, place.type(after))])
        return self._builder.bitcast(first, ir.VectorType(ir.IntType(_BITS), _LANES).as_pointer())


def emit(births: int, survivals: int, builder: Any, data: Any, places: list[Any]) -> list[Any]:
    """Emits what `loops.eight_rows` does; `places` are its last four arguments, and it returns the same."""
    from llvmlite import ir

    rows = _Rows(builder, data)
    at, west_at, east_at, to = places
    nine: Any = [[rows.read(place, row) for place in (west_at, at, east_at)] for row in (-1, 0, 1)]
    after: Any = loops.next_row(births, survivals, *nine)
    differs = after ^ rows.read(to)
    rows.write(to, after)
    nothing = differs.value.type([0] * _LANES)
    conditions = (
        builder.icmp_unsigned("!=", differs.value, nothing),
        builder.icmp_signed("<", (differs << _BITS - 1).value, nothing),  # the sign is the first cell
        builder.icmp_signed("<", differs.value, nothing),  # and here the last one
    )
    return [builder.zext(builder.bitcast(bits, ir.IntType(_LANES)), ir.IntType(_BITS)) for bits in conditions]


@cache
def teach() -> None:
    """Has numba put this in the place of those functions in `loops` for which it has no good code of its own."""
    types, extending = numba_package().types, numba_package().extending
    intrinsic, overload = extending.intrinsic, extending.overload

    @intrinsic(prefer_literal=True)  # type: ignore[untyped-decorator]
    def eight_lanes(
        context: Any, births: Any, survivals: Any, cells: Any, at: Any, west_at: Any, east_at: Any, to: Any
    ) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            data = context.make_array(cells)(context, builder, arguments[2]).data
            bits = emit(births.literal_value, survivals.literal_value, builder, data, arguments[3:])
            return context.make_tuple(builder, signature.return_type, bits)

        returned = types.UniTuple(types.uint64, 3)
        return returned(births, survivals, cells, at, west_at, east_at, to), generate

    @intrinsic  # type: ignore[untyped-decorator]
    def trailing_zeros(context: Any, mask: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.cttz(arguments[0], context.get_constant(types.boolean, 1))

        return types.int64(types.uint64), generate

    @intrinsic  # type: ignore[untyped-decorator]
    def ones(context: Any, word: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.ctpop(arguments[0])

        return types.int64(types.uint64), generate

    overload(loops.eight_rows, prefer_literal=True)(
        lambda births, survivals, cells, at, west_at, east_at, to: (
            lambda births, survivals, cells, at, west_at, east_at, to: eight_lanes(
                births, survivals, cells, at, west_at, east_at, to
            )
        )
    )
    overload(loops.first_bit)(lambda mask: lambda mask: trailing_zeros(mask))
    overload(loops.live_in)(lambda row: lambda row: ones(row))
