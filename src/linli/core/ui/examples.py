"""Made-up data for the style guide; Chinese, as the pages are."""

import math

from django import forms

from linli.core.ui.charts.bars import bars, stacked_bars
from linli.core.ui.charts.dot_map import Point, dot_map
from linli.core.ui.charts.way import way

ICONS = (
    *("home", "building", "door", "matter", "ask", "statement", "map", "notice", "log", "people"),
    *("person", "key", "print", "search", "plus", "check", "cross", "warning", "clock", "back"),
    *("forward", "undo", "sound", "download", "upload", "phone", "call", "paper", "copy", "edit"),
)
_CENTRES = {"甲": (-0.55, 0.3), "乙": (0.5, 0.45), "丙": (0.15, -0.55)}


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="议题", max_length=60, help_text="一句话，居民一看就懂。")
    plan = forms.CharField(
        label="打算怎么做", max_length=140, widget=forms.Textarea, required=False
    )
    basis = forms.ChoiceField(
        label="谁来回答",
        choices=[("household", "每户一份"), ("adult", "每位成年人一份")],
        widget=forms.RadioSelect,
    )
    buildings = forms.MultipleChoiceField(
        label="涉及哪些楼栋",
        choices=[("1", "1 号楼"), ("2", "2 号楼"), ("3", "3 号楼")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    decider = forms.ChoiceField(label="谁决定", choices=[("r", "全体居民"), ("c", "居委会")])
    until = forms.DateField(
        label="截止日期", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    is_secret = forms.BooleanField(label="不记名", required=False)


def example_form() -> ExampleForm:
    """A form as it comes back with one mistake."""
    return ExampleForm({"title": "", "plan": "先在 3 号楼旁试三个月。", "basis": "adult"})


def example_charts() -> dict[str, object]:
    """One chart of each kind, and the dot map for a few and for many people."""
    labels = {"甲": "盼着早点建", "乙": "担心气味", "丙": "想先试一试"}
    return {
        "bars": bars(
            rows=[("3 号楼东侧", 41, ""), ("小区北门外", 28, ""), ("先不建", 14, "多为 3 号楼")],
            base=83,
        ),
        "stacked": stacked_bars(
            rows=[
                ("先试三个月，再定下来", (61, 12, 10)),
                ("离窗口至少 15 米", (48, 20, 15)),
                ("还没有人回答的看法", (0, 0, 0)),
            ]
        ),
        "few": dot_map(points=example_points(83), labels=labels, not_drawn=12),
        "many": dot_map(points=example_points(3000), labels=labels),
        "way": way(
            steps=[
                *(("起草", "done"), ("审核", "done"), ("征询中", "here"), ("商议", "ahead")),
                *(("公示", "ahead"), ("办理", "ahead"), ("回头看", "ahead")),
            ]
        ),
    }


def example_points(people: int) -> list[Point]:
    """Spread people around three centres, every ninth in no group; the same each time."""
    points: list[Point] = []
    for i in range(people):
        letter = "甲乙丙"[i % 3]
        angle, far = i * 2.399963, 0.34 * math.sqrt(((i * 37) % 101 + 0.5) / 101)
        x, y = _CENTRES[letter]
        place = (x + far * math.cos(angle), y + far * math.sin(angle))
        points.append((*place, None if i % 9 == 0 else letter))
    return points
