"""Messages as they are said to those who see boxes and buttons, and no files."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from generator.ground.errors import Problem
from generator.ground.messages import Message, say
from generator.read.schema import SCHEMAS
from generator.read.sources import MARKDOWN

_OPTION: Final = re.compile("(?<![^ ])--[a-z]")
_FILE: Final = re.compile(r"\bcontent/|\.yaml\b")


IN_BOXES: Final[Mapping[str, Message]] = {
    "write a line pseudonym: for that person in content/people.yaml": say(
        "fill in the pseudonym of that person under “People”"
    ),
    "add that person to content/people.yaml and write the id or the name here": say(
        "add that person under “People”, and choose them here"
    ),
    "write the id of an official or a representative, or name the office: handler:": say(
        "choose an official or a representative, or only name the office that deals with it"
    ),
    "whoever is responsible has to be in content/people.yaml": say("whoever is responsible has to be under “People”"),
    "add that person to content/people.yaml, with this id": say("add that person under “People”, with this number"),
    "write {line}, or however it is divided; where they shared it, as a meeting, write shared: true "
    "for that counter in content/site.yaml": say(
        "empty the box, and write a number for each; where they shared it, as a meeting, say so under “Settings”"
    ),
    "declare it in content/site.yaml under counters:": say("add it under “Settings” to what is counted"),
    "take it out; if it may be published, write it with the reason under privacy: allow: in {settings}": say(
        "take it out; if it may be published, write it with the reason under “Settings”, “May be published”"
    ),
    "write what may stand here instead, such as a pseudonym, or take the name out; where the words are no name, "
    "write them, with more beside them, under privacy: allow: in {settings}": say(
        "write what may stand here instead, such as a pseudonym, or take the name out; where the words are no "
        "name, write them, with more beside them, under “Settings”, “May be published”"
    ),
    "write {{person}}`{id}` for the pseudonym, or take the name out; where the words are no name, write them, "
    "with more beside them, under privacy: allow: in {settings}": say(
        "choose that person with the button “Person”, which prints the pseudonym, or take the name out; where the "
        "words are no name, write them, with more beside them, under “Settings”, “May be published”"
    ),
    "add the person to content/people.yaml as private; if it may be published, write it with the reason under "
    "privacy: allow: in {settings}": say(
        "add the person under “People” as a private person; if it may be published, write it with the reason under "
        "“Settings”, “May be published”"
    ),
    "look through it yourself, and take out what must not be published; when nothing is left to take out, write "
    "this under privacy: allow: in content/site.yaml: - {{value: {digest}, reason: who looked through it}}": say(
        "look through it yourself, and take out what must not be published; when nothing is left to take out, "
        "write {digest} under “Settings”, “May be published”, and as the reason who looked through it"
    ),
    "save it as PNG, or set assets: {{allow_svg: true}} in content/site.yaml": say(
        "save it as PNG, or choose “Allow SVG” under “Settings”"
    ),
    "where two persons have one name, register neither as private, and write the pseudonym by hand": say(
        "where two persons have one name, register neither as a private person, and write the pseudonym by hand"
    ),
    "several persons in content/people.yaml have this name": say("several persons under “People” have this name"),
    '"{id}" is printed as it stands: nobody in content/people.yaml has this id': say(
        '"{id}" is printed as it stands: nobody under “People” has this number'
    ),
    "a role works in the text only; here it would be printed as it stands": say(
        "what a button writes into the text works there only; here it would be printed as it stands"
    ),
    "write an id: {{{name}}}`id`": say("take it out, and choose with its button over the text what is meant"),
}
"""By messages that send people to a file or to a line of it, what they say of boxes and buttons.

The keys are those of the catalogue of messages; a test meets each of them.
"""


def in_boxes(message: Message) -> Message:
    """What is wrong, told without files and lines of YAML."""
    found = IN_BOXES.get(message.template)
    return message if found is None else replace(found, values=message.values)


def hint_in_boxes(problem: Problem) -> Message | None:
    """The hint for those who see boxes; None where there is none for them."""
    hint = problem.hint
    if hint is None or hint.template in IN_BOXES:
        return hint and in_boxes(hint)
    return hint if _is_for_forms(problem, str(hint)) else None


def _is_for_forms(problem: Problem, hint: str) -> bool:
    """Whether a hint, in English, means something to people who see boxes, and neither a terminal nor a file's lines.

    What is wrong with a line of the file's own text is mended there, in Markdown or YAML; a picture has no form.
    """
    has_form = problem.path.lower().endswith((*MARKDOWN, ".yaml"))
    is_in_form = has_form and (problem.field is not None or not problem.line)
    return not _OPTION.search(hint) and not _FILE.search(hint) and not (is_in_form and _yaml().search(hint))


@functools.cache
def _yaml() -> re.Pattern[str]:
    """What shows lines of YAML: fields with their colons, brackets, what is said of lines."""
    names = "|".join(sorted({name for schema in SCHEMAS.values() for name in schema.model_fields}))
    return re.compile(rf"---|[\[{{]|\bbrackets\b|(?<!one )\blines?\b|\b(?:{names}):")
