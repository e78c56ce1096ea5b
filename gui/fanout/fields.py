"""Fields to enter a number or choose a thing with, which a wheel that scrolls past them does not change."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

_LEAST_WIDTH = 64


class NumberField(QDoubleSpinBox):
    """A number with its unit; as many decimals as it needs, up to `decimals`."""

    def __init__(self, name: str, lowest: float, highest: float, unit: str = "", decimals: int = 0) -> None:
        super().__init__()
        self.setDecimals(decimals)
        self.setRange(lowest, highest)
        self.setSuffix(f" {unit}" if unit else "")
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.setAccessibleName(name)
        self.setObjectName(name.lower().replace(" ", "-"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.lineEdit().setTextMargins(6, 0, 0, 0)

    def show_value(self, value: float) -> None:
        """Shows a value that nobody entered; says nothing about it."""
        blocked = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(blocked)

    def textFromValue(self, value: float) -> str:
        """Leaves out the zeros at the end."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns only where it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(QComboBox):
    """One of several things, each with its text."""

    def __init__(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        super().__init__()
        self._values = [value for value, _ in choices]
        self.addItems([text for _, text in choices])
        self.setAccessibleName(name)
        self.setObjectName(name.lower().replace(" ", "-"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def value(self) -> Any:
        """What is chosen."""
        return self._values[self.currentIndex()]

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offers other things, of which the first is chosen; says nothing about it."""
        blocked = self.blockSignals(True)
        self.clear()
        self._values = [value for value, _ in choices]
        self.addItems([text for _, text in choices])
        self.blockSignals(blocked)

    def show_value(self, value: Any) -> None:
        """Shows a value that nobody chose; says nothing about it."""
        blocked = self.blockSignals(True)
        self.setCurrentIndex(self._values.index(value))
        self.blockSignals(blocked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns only where it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def form() -> QFormLayout:
    """Rows of a label and a field, the fields as wide as there is room."""
    layout = QFormLayout()
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(12)
    layout.setVerticalSpacing(8)
    return layout


def add_row(layout: QFormLayout, text: str, field: QWidget, tip: str = "") -> QLabel:
    """A row whose label is wide enough that the fields of all forms line up."""
    label = QLabel(text)
    label.setMinimumWidth(label.fontMetrics().horizontalAdvance("Random faults"))
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)  # as high as the field
    label.setBuddy(field)
    for widget in (label, field):
        widget.setToolTip(tip)
    layout.addRow(label, field)
    return label


def side_by_side(*widgets: QWidget) -> QWidget:
    """Several widgets as one field, the numbers among them equally wide."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, NumberField) else 0)
    return both
