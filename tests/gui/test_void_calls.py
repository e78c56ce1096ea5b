"""Some builds of PySide6 lose a reference to None or True at every call, and end the process after some thousands.

No test of ours makes as many calls as an afternoon in the window does, so this one does nothing else.
"""

import subprocess
import sys

import pytest

START = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

app = QCoreApplication([])

class Thing(QObject):
    happened = Signal()
    counted = Signal(int)

    @Slot()
    def hear(self):
        return None

    @Slot(int)
    def count(self, number):
        return True

thing = Thing()
thing.happened.connect(thing.hear)
thing.counted.connect(thing.count)
"""


@pytest.mark.parametrize(
    "call",
    [
        "thing.happened.emit()",
        "thing.counted.emit(number)",
        "thing.setObjectName('name')",
        "thing.blockSignals(False)",
        "thing.setProperty('name', True)",
        "app.processEvents()",
        "QTimer.singleShot(0, thing.hear); app.sendPostedEvents()",
    ],
)
def test_twenty_thousand_calls_that_return_nothing_are_survived(call):
    code = f"{START}\nfor number in range(20_000):\n    {call}\nprint('survived')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "survived\n", "")
