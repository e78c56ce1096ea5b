"""What the mouse does, and keys that belong to one widget: told beside those of the table, and not changeable."""

GESTURES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "With the mouse on the board",
        (
            ("Set or clear cells", "Drag"),
            ("Clear cells", "Right drag"),
            ("Move the view", "Middle drag, or Space and drag"),
            ("Zoom at the pointer", "Wheel"),
        ),
    ),
    (
        "With the select tool",
        (
            ("Select", "Drag"),
            ("Extend the selection", "Shift and drag"),
            ("Move the selection, or a copy", "Drag in it, or with Ctrl"),
            ("Remove the selection", "Click, or Esc"),
            ("Select without a mouse", "Shift and arrows"),
        ),
    ),
    (
        "While a pattern floats",
        (
            ("Place it", "Click, or Enter"),
            ("Drop it", "Esc"),
            ("Move it without a mouse", "Arrows"),
        ),
    ),
    (
        "On the timeline",
        (
            ("Zoom time at the pointer", "Wheel"),
            ("Higher or lower lanes", "Ctrl and wheel"),
            ("Scroll the lanes", "Shift and wheel"),
            ("Show the whole generation", "Double click, or Home"),
            ("Find the cell of a bar", "Click the bar"),
            ("Go from bar to bar", "Arrows"),
            ("Go to an instant", "Drag in the times"),
        ),
    ),
    (
        "Without a mouse on the board",
        (
            ("Choose a cell", "Arrows"),
            ("Choose a cell far away", "Shift and arrows"),
            ("Leave the board backwards", "Shift+Tab"),
        ),
    ),
)
