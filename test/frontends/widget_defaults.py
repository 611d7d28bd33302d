"""The state that ipywidgets' own widgets have when nothing is given, by class, as JSON."""
import json
import sys

import ipywidgets


def make(name):
    # A slider over nothing is refused.
    given = {"options": ["a"]} if name == "SelectionSlider" else {}
    return getattr(ipywidgets, name)(**given)


def state(name):
    widget = make(name)
    values = widget.get_state()
    for key in ("layout", "style"):
        if key in values:
            values[key] = getattr(widget, key)._model_name
    return {key: bytes(value).hex() if isinstance(value, memoryview) else value for key, value in values.items()}


def owned(name):
    """The states of the layout and the style that a widget makes for itself."""
    widget = make(name)
    return {part._model_name: part.get_state() for part in (widget.layout, getattr(widget, "style", None)) if part}


names = sys.argv[1:]
parts = {}
for name in names:
    parts.update(owned(name))
json.dump({"widgets": {name: state(name) for name in names}, "parts": parts}, sys.stdout)
