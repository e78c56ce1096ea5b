from gui.elided import ElidedLabel

LONG = "Paused: Spaceship since generation 1,203, moves (1, 1) every 4, back in place every 160"


def test_a_text_without_room_is_told_under_the_pointer(qtbot):
    label = ElidedLabel("message")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show_text(LONG)
    assert label.text() == LONG
    assert label.toolTip() == LONG
    label.resize(2000, 20)
    label.show()
    label.grab()
    assert label.toolTip() == ""


def test_it_asks_for_no_room_of_its_own(qtbot):
    label = ElidedLabel("message")
    qtbot.addWidget(label)
    label.show_text(LONG)
    label.resize(40, 20)
    assert label.width() == 40
    assert label.minimumSizeHint().width() >= 0
    label.grab()


def test_what_is_cut_ends_in_an_ellipsis_and_differs_from_what_is_not(qtbot):
    label = ElidedLabel("message")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show_text(LONG)
    cut = label.grab().toImage()
    label.show_text(LONG[: len(LONG) // 2])
    assert label.grab().toImage() == cut  # what has no room is not painted
    label.show_text("Paused")
    assert label.grab().toImage() != cut
