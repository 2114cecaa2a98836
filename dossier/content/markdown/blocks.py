"""Blocks of Markdown by CommonMark's rules, as a tree of elements.

The rules are markdown-it-py's, which hands on the lines of each block; so every place within a
text is known. Tables, tasks and alerts are GitHub's, notes and definitions those of its plugins;
abbreviations and comments are ours.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, count
from operator import add
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.ruler import RuleOptionsType, Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from dossier.content.tables.blocks import table

DEEPEST = 90
"""Levels of containers; a list within a list is two."""
_ABBREVIATION = re.compile(r"\*\[([^\]]+)\][ \t]?:[ \t]*(.*?)[ \t]*\Z")
_HASHES = re.compile(r"#+[ \t]*")
_FIRST_SIGNS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "footnote_def": "[",
    "abbreviation": "*",
    "html_block": "<",
    "heading": "#",
}
"""What a line begins with where a rule may apply; one that is not named here applies to any."""
_BOXES = ("[ ]", "[x]", "[X]")
_ITEM = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])[ \t]")
_CELL = re.compile(r"(?:[^\\|\n]++|\\.?)*+")


class BlockParser(MarkdownIt):
    """The rules, with what we add to them."""

    def __init__(self, raw_html: bool) -> None:
        options = {"maxNesting": DEEPEST + 10, "html": True, "alerts": True}
        super().__init__("commonmark", options)
        self.enable("table")
        self.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})
        deflist_plugin(self)
        rules = self.block.ruler
        ends: RuleOptionsType = {"alt": ["paragraph", "reference"]}
        rules.before("reference", "footnote_def", footnote_def, ends)
        rules.before("reference", "abbreviation", _abbreviation, ends)
        rules.before("table", "too_deep", _too_deep)
        rules.after("too_deep", "plain_line", _plain_line)
        if not raw_html:
            ends = {"alt": ["paragraph", "reference", "blockquote"]}
            rules.at("html_block", _comment, ends)
        self.block.ruler = _RulesBySign(rules)

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Leave an address as it is written: the site looks at it later."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002
        """Accept any address, for the same reason."""
        return True

    def blocks(self, text: str) -> tuple[list[Token], dict[str, Any]]:
        """Read a text; return its tokens and what it defines."""
        env: dict[str, Any] = {"abbreviations": {}, "too_deep": []}
        self.options["tasklists"] = any(map(text.__contains__, _BOXES))  # slow to look for
        state = _State(text, self, env, [])
        self.block.tokenize(state, 0, state.lineMax)
        return state.tokens, env


class _RulesBySign(Ruler[RuleFuncBlockType]):
    """Chains of one rule, which asks only those that may begin with a line's first sign."""

    def __init__(self, ruler: Ruler[RuleFuncBlockType]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        self.chains: dict[str, list[RuleFuncBlockType]] = {}
        self.active = super().get_active_rules()

    def get_active_rules(self) -> list[str]:
        """List the names of all rules that apply, which every state asks for."""
        return self.active

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803
        """Return the chain of a name."""
        if chainName not in self.chains:
            self.chains[chainName] = [self._chain(chainName)]
        return self.chains[chainName]

    def _chain(self, name: str) -> RuleFuncBlockType:
        rules = [r for r in self.__rules__ if r.enabled and (not name or name in r.alt)]
        signs = set("".join(_FIRST_SIGNS.values()))
        by_sign = {
            sign: [r.fn for r in rules if sign in _FIRST_SIGNS.get(r.name, sign)] for sign in signs
        }
        others = [rule.fn for rule in rules if rule.name not in _FIRST_SIGNS]

        def chain(state: StateBlock, start: int, end: int, silent: bool) -> bool:
            place = state.bMarks[start] + state.tShift[start]
            sign = state.src[place : place + 1]
            for rule in by_sign.get(sign, others):  # noqa: SIM110 - a generator is slower
                if rule(state, start, end, silent):
                    return True
            return False

        return chain


class _Token(Token):
    """A token of a block that is made in half the time, as there are hundreds in a text."""

    __slots__ = ()

    def __init__(self, type: str, tag: str, nesting: Literal[-1, 0, 1], level: int) -> None:
        self.type, self.tag, self.nesting, self.level = type, tag, nesting, level
        self.attrs, self.meta = {}, {}
        self.map = self.children = None
        self.content = self.markup = self.info = ""
        self.block, self.hidden = True, False


class _State(StateBlock):
    """Notes where the lines of each text begin, behind the marks of what they are in."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        if nesting < 0:
            self.level -= 1
        token = _Token(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        if ttype == "inline":
            begin = self.tokens[-2]
            if begin.map:
                first, end = begin.map
                starts = [self.bMarks[first] + self.tShift[first]]
                if end > first + 1:
                    more = range(first + 1, end)
                    starts += [self.bMarks[n] + self.tShift[n] for n in more]
                token.meta["starts"] = starts
                if begin.type == "heading_open":
                    token.meta["mark"] = starts[0]
                    if begin.markup[0] == "#" and (hashes := _HASHES.match(self.src, starts[0])):
                        starts[0] = hashes.end()
        return token


def _plain_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find a paragraph of one line that can be nothing else, without asking all other rules."""
    place, following = state.bMarks[start] + state.tShift[start], start + 1
    usual = state.src[place].isalpha()
    if silent or not (usual or _begins_bold(state.src, place)) or state.is_code_block(start):
        return False
    content = state.src[place : state.eMarks[start]].rstrip(" \t")
    alone = following >= end or state.isEmpty(following)
    if not alone and not _ends_item(state, following):
        return False
    if not (alone and usual) and mdTrim(content) != content:
        return False
    after = state.skipEmptyLines(following)
    if after < end and state.src[state.bMarks[after] + state.tShift[after]] in ":~":
        return False  # a definition
    state.line = following
    lines = [start, following]
    if state.level == 0:  # in no list, which may hide what is around its texts
        text: Token = _Token("inline", "p", 0, 0)
        text.meta["starts"] = [place]
        state.tokens.append(text)
    else:
        state.push("paragraph_open", "p", 1).map = lines
        text = state.push("inline", "", 0)
        state.push("paragraph_close", "p", -1)
    text.content, text.map = content, lines
    return True


def _begins_bold(text: str, place: int) -> bool:
    return text.startswith("**", place) and text[place + 2 : place + 3].isalpha()


def _ends_item(state: StateBlock, line: int) -> bool:
    """Tell whether a line belongs to no paragraph of a list's item before it."""
    indent = state.sCount[line]
    if not 0 <= indent < state.blkIndent:
        return False
    if indent - state.listIndent < 4 and _ITEM.match(
        state.src, state.bMarks[line] + state.tShift[line]
    ):
        return True
    before, state.parentType = state.parentType, "paragraph"
    rules = state.md.block.ruler.getRules("paragraph")
    ends = any(rule(state, line, state.lineMax, True) for rule in rules)
    state.parentType = before
    return ends


def _abbreviation(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """`*[FT]: Financial Times`."""
    place = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", place) or state.is_code_block(start):
        return False
    match = _ABBREVIATION.match(state.src[place : state.eMarks[start]])
    if not match:
        return False
    if not silent:
        state.env["abbreviations"][match[1]] = match[2]
        state.line = start + 1
    return True


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Skip what is nested too deeply, and record it."""
    if silent or state.level < DEEPEST:
        return False
    state.env["too_deep"].append(state.bMarks[start] + state.tShift[start])
    state.line = end
    return True


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Skip a comment, shown to nobody; what follows it in its last line is a paragraph."""
    place = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<!--", place) or state.is_code_block(start):
        return False
    line = start
    while (close := state.src.find("-->", place, state.eMarks[line])) < 0:
        line += 1
        if line >= end or (state.sCount[line] < state.blkIndent and not state.isEmpty(line)):
            return False
        place = state.bMarks[line]
    rest = state.src[close + 3 : state.eMarks[line]]
    if line == start and rest.strip():
        return False  # a paragraph that begins with a comment
    if not silent:
        state.line = line + 1
        if rest.strip():
            paragraph = state.push("paragraph_open", "p", 1)
            paragraph.map = [line, line + 1]
            text = state.push("inline", "", 0)
            text.content, text.map = rest.strip(), [line, line + 1]
            text.meta["starts"] = [close + 3 + len(rest) - len(rest.lstrip())]
            state.push("paragraph_close", "p", -1)
    return True


def line_starts(text: str) -> list[int]:
    """Find where each line of a text begins."""
    if "\n" not in text:
        return [0]
    lengths = map(len, text.split("\n")[:-1])
    return [0, *map(add, accumulate(lengths), count(1))]


class Places:
    """Where the characters of a text stand in the body."""

    __slots__ = ("begins", "body", "cell", "starts", "text")

    def __init__(self, text: str, starts: Sequence[int], body: str, cell: int = -1) -> None:
        self.text, self.starts, self.body, self.cell = text, starts, body, cell
        self.begins: list[int] | None = None

    def __call__(self, place: int) -> int:
        """Convert a place in the text to an offset in the body."""
        text, starts = self.text, self.starts
        if not starts:
            return 0
        if self.begins is None:
            self.begins = line_starts(text)
        line = bisect_right(self.begins, place) - 1
        start = starts[min(line, len(starts) - 1)]
        if self.cell >= 0:
            start = self._cell_start(start, self.cell)
            return start + place + text.count("|", 0, place)  # each was written as \|
        if line == 0:
            return start + place
        begin, indent = self.begins[line], 0
        while text[begin + indent : begin + indent + 1] in (" ", "\t"):
            indent += 1
        return start + max(0, place - begin - indent)

    def _cell_start(self, start: int, number: int) -> int:
        start += self.body[start] == "|"
        for _ in range(number):
            match = _CELL.match(self.body, start)
            start = match.end() + 1 if match else start
        while self.body[start : start + 1] in (" ", "\t"):
            start += 1
        return start
