"""The page of the commands, from the parser of the command line: nothing in it is typed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

WORDS = {
    "en": {
        "title": "Commands and options",
        "made": "This page is made from the program’s own description of its commands.",
        "run": (
            "Installed, the program is called `duizhao`; in the project’s folder `python"
            " build_scripts` does the same without installing. Options of all commands stand"
            " before the command: `duizhao --root folder check`."
        ),
        "all": "Options of all commands",
        "codes": "Exit codes",
        "code": "Code",
        "option": "Argument or option",
        "meaning": "Meaning",
        "default": "Default",
        "required": "required",
        "example": "Example:",
    },
    "zh": {
        "title": "命令与选项",
        "made": "本页由程序自身对命令的说明生成。",
        "run": (
            "安装之后，程序名为 `duizhao`；在项目文件夹中，`python build_scripts` 无须安装，"
            "作用相同。各命令共用的选项写在命令之前：`duizhao --root 文件夹 check`。"
        ),
        "all": "各命令共用的选项",
        "codes": "退出码",
        "code": "退出码",
        "option": "参数或者选项",
        "meaning": "含义",
        "default": "默认值",
        "required": "必填",
        "example": "示例：",
    },
}
CODES = {
    "en": {
        0: "fine",
        1: "problems found, something left to do, or the disk full",
        2: "wrong use: an unknown command, option, law, chapter or language",
        130: "interrupted",
    },
    "zh": {
        0: "正常",
        1: "发现问题、尚有未完成的工作，或者磁盘已满",
        2: "用法错误：没有这样的命令、选项、法规、章或者语言",
        130: "被中断",
    },
}


def subcommands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser, actions of a command as `translate update`."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                inner = list(subcommands(sub))
                yield from [(f"{name} {below}", each) for below, each in inner] or [(name, sub)]


def options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """The arguments and options of one command, in the parser's order."""
    skipped = (argparse._HelpAction, argparse._SubParsersAction)
    return [action for action in parser._actions if not isinstance(action, skipped)]


def commands_page(parser: argparse.ArgumentParser, language: str) -> str:
    """The page in a language, that of the parser's help."""
    words = WORDS[language]

    def said(text: str) -> str:
        return text.replace("|", "\\|").replace("<", "&lt;")

    def rows(actions: list[argparse.Action]) -> Iterator[str]:
        if not actions:
            return
        yield f"| {words['option']} | {words['meaning']} | {words['default']} |"
        yield "| --- | --- | --- |"
        for action in actions:
            meaning = said(action.help) if action.help else ""
            yield f"| {_name(action)} | {meaning} | {_default(action, words)} |"
        yield ""

    lines = [f"# {words['title']}", "", words["made"], "", words["run"], ""]
    lines += [f"## {words['all']} {{#all}}", "", *rows(options(parser))]
    lines += [
        f"## {words['codes']} {{#exit-codes}}",
        "",
        f"| {words['code']} | {words['meaning']} |",
    ]
    lines += [
        "| --- | --- |",
        *(f"| {code} | {text} |" for code, text in CODES[language].items()),
        "",
    ]
    for name, sub in subcommands(parser):
        summary = said(sub.description or "")
        example = (sub.epilog or "").partition("duizhao ")[2].strip()
        lines += [f"## `{name}` {{#{name.replace(' ', '-')}}}", "", summary, ""]
        lines += [*rows(options(sub)), words["example"], "", f"    duizhao {example}", ""]
    return "\n".join(lines).rstrip() + "\n"


def _name(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ", ".join(f"`{option}`" for option in action.option_strings)
    value = f"{{{','.join(map(str, action.choices))}}}" if action.choices else action.dest.upper()
    if isinstance(action.metavar, str):
        value = action.metavar
    if action.nargs in ("*", "?"):
        value = f"[{value}{' …' if action.nargs == '*' else ''}]"
    return ", ".join(f"`{option} {value}`" for option in action.option_strings) or f"`{value}`"


def _default(action: argparse.Action, words: dict[str, str]) -> str:
    if action.required and action.nargs not in ("*", "?"):
        return words["required"]
    if action.default in (None, False, "", argparse.SUPPRESS) or action.default == []:
        return ""
    return f"`{action.default}`"
