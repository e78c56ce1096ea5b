"""The style sheet: what Fusion draws too heavily for a calm window, or too faintly on a dark one.

`$name` is a colour of the theme; `$marks` the folder of the few marks that only a file can give, `$ink` which of them
can be seen on the accent.
"""

STYLESHEET = """
QToolBar { border: none; border-bottom: 1px solid $line; padding: 5px 8px; spacing: 2px; }
QToolBar::separator { background: $line; width: 1px; margin: 6px 4px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $line; }
QToolButton:checked { background: $chosen; border-color: $accent; }
QToolButton:focus { border-color: $accent; }
QToolButton[segment] { border: 1px solid $control; border-radius: 0; padding: 4px 9px; background: $raised; }
QToolButton[segment]:hover { background: $hover; }
QToolButton[segment]:checked { background: $chosen; border-color: $accent; }
QToolButton[segment="first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QToolButton[segment="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; margin-left: -1px; }

QPushButton {
    background: $raised; border: 1px solid $control; border-radius: 6px; padding: 5px 14px; min-height: 16px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border-color: $accent; }
QPushButton:checked { background: $chosen; border-color: $accent; }
QPushButton:default { background: $accent; border-color: $accent; color: $accent_text; }
QPushButton:disabled { background: $window; border-color: $line; color: $disabled_text; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QLineEdit, QAbstractSpinBox, QComboBox {
    background: $base; border: 1px solid $control; border-radius: 6px; padding: 3px 8px; min-height: 18px;
    selection-background-color: $accent; selection-color: $accent_text; }
QLineEdit { padding: 3px 6px; }
QPlainTextEdit#pattern-comments {
    border: 1px solid $control; border-radius: 5px; background: $base; padding: 1px 3px;
}
QPlainTextEdit#pattern-comments:focus { border-color: $accent; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border-color: $accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    background: $window; border-color: $line; color: $disabled_text; }
QAbstractSpinBox { padding: 2px 0; }
QAbstractSpinBox QLineEdit { border: none; background: transparent; padding: 0 0 0 7px; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 18px; }
QAbstractSpinBox::up-arrow { image: url("$marks/up.svg"); width: 9px; height: 9px; }
QAbstractSpinBox::down-arrow { image: url("$marks/down.svg"); width: 9px; height: 9px; }
QComboBox QLineEdit { border: none; background: transparent; padding: 0; min-height: 0; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$marks/down.svg"); width: 10px; height: 10px; }
QListView#completions { background: $base; border: 1px solid $control; padding: 4px; outline: none; }
QComboBox QAbstractItemView { background: $base; border: 1px solid $control; padding: 4px; outline: none; }

QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QGroupBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $edge; background: $base; }
QCheckBox::indicator, QGroupBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    border-color: $accent; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked {
    background: $accent; border-color: $accent; image: url("$marks/check-$ink.svg"); }
QRadioButton::indicator:checked { border-color: $accent; background: $accent; image: url("$marks/dot-$ink.svg"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $line; }

QSlider:horizontal { min-height: 18px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $control; }
QSlider::sub-page:horizontal { border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
    width: 14px; margin: -6px 0; border-radius: 8px; background: $base; border: 1px solid $accent; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { background: $accent; }
QSlider::groove:disabled, QSlider::sub-page:disabled { background: $line; }
QSlider::handle:disabled { border-color: $line; }
QTreeView[roomy="true"]::item { padding: 4px 0; }
QHeaderView { background: transparent; }
QHeaderView::section {
    background: $window; border: none; border-bottom: 1px solid $line; padding: 5px 3px; color: $dim_text; }
QProgressBar { background: $hover; border: none; border-radius: 4px; text-align: center; min-height: 16px; }
QProgressBar::chunk { background: $chosen; border-right: 2px solid $accent; }

QGroupBox { background: $raised; border: 1px solid $line; border-radius: 8px; margin-top: 22px; padding: 6px; }
QGroupBox::title { subcontrol-origin: margin; left: 2px; color: $dim_text; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { padding: 6px 12px; border: none; border-bottom: 2px solid transparent; color: $dim_text; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QAbstractScrollArea { border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QScrollBar { background: transparent; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $control; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QDockWidget::title { background: $window; padding: 5px 12px; border-bottom: 1px solid $line; }
QDockWidget { titlebar-close-icon: url("$marks/close.svg"); titlebar-normal-icon: url("$marks/float.svg"); }
QDockWidget::close-button, QDockWidget::float-button {
    subcontrol-origin: padding; subcontrol-position: right center; width: 20px; border-radius: 4px; }
QDockWidget::close-button { right: 8px; }
QDockWidget::float-button { right: 32px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $hover; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QMenu { background: $raised; border: 1px solid $control; padding: 4px; }
QMenu::item:selected { background: $accent; color: $accent_text; }
QStatusBar { border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $control; padding: 4px 6px; }
"""
