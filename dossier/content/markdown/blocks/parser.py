"""Blocks of Markdown by CommonMark's rules, as tokens in their order.

The rules are markdown-it-py's, which hands on the lines of each block; so every place within a
text is known. Tables, tasks and alerts are GitHub's, notes and definitions those of its plugins;
abbreviations and comments are ours.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from markdown_it import MarkdownIt
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

    def begin(self, text: str, env: dict[str, Any], tokens: list[Any]) -> BlockState:
        """Begin to read a text: what it defines is put into `env`."""
        self.options["tasklists"] = any(map(text.__contains__, _BOXES))  # slow to look for
        return BlockState(text, self, env, tokens)


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


class BlockState(StateBlock):
    """Notes where the lines of each text begin, behind the marks of what they are in."""

    def read_block(self, line: int) -> int:
        """Read the next block from a line on; return the line after it."""
        self.line = self.skipEmptyLines(line)
        if self.line < self.lineMax:
            self.md.block.ruler.getRules("")[0](self, self.line, self.lineMax, False)
        return self.line

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
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
