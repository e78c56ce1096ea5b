"""The failing cells of one generation as a table; ten thousand rows cost no more than those on the screen."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from life.errors import Failure

Index = QModelIndex | QPersistentModelIndex

_COLUMNS = ("Cell", "Who saw it", "Exception", "Thread")
_ROOT = QModelIndex()


class FailureTable(QAbstractTableModel):
    """One row a failure, in the order in which they were raised."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failures: tuple[Failure, ...] = ()

    def show_failures(self, failures: tuple[Failure, ...]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        self._failures = failures
        self.endResetModel()

    def failure(self, row: int) -> Failure:
        """The failure in that row."""
        return self._failures[row]

    def row_of(self, y: int, x: int) -> int:
        """The first row of cell (y, x), or 0 where it has none."""
        return next((row for row, f in enumerate(self._failures) if (f.y, f.x) == (y, x)), 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """See `QAbstractItemModel`."""
        return 0 if parent.isValid() else len(self._failures)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """See `QAbstractItemModel`."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """See `QAbstractItemModel`."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        failure = self._failures[index.row()]
        texts = (f"({failure.y}, {failure.x})", failure.fate.value, failure.exception, failure.thread)
        return texts[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """See `QAbstractItemModel`."""
        is_title = role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal
        return _COLUMNS[section] if is_title else None
