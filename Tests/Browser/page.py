"""The page in Debian's Chromium, and what is asked of it again and again."""

import shutil
import urllib.parse

from playwright.sync_api import expect

# Colouring goes on on the same cores as the browser.
expect.set_options(timeout=20_000)

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def launch(playwright):
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


# One announcement soon takes the place of another: all of them are kept.
HEAR = """document.addEventListener("DOMContentLoaded", () => {
    window.heard = [];
    for (const region of document.querySelectorAll("[role=status]")) {
        const keep = () => heard.push(region.textContent);
        new MutationObserver(keep).observe(region, { childList: true });
    }
});"""


class Page:
    """One visit. It keeps what no visit may have: requests to elsewhere, errors of scripts and
    breaches of the content security policy."""

    def __init__(self, browser, address, **context):
        context.setdefault("locale", "en-GB")
        self.context = browser.new_context(**context)
        self.faults = []
        self.uploads = []
        self.address = address
        self.context.add_init_script(HEAR)
        self.tab = self.context.new_page()
        self.tab.on("request", self._requested)
        self.tab.on("console", self._said)
        self.tab.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _requested(self, request):
        here = urllib.parse.urlsplit(self.address).netloc
        there = urllib.parse.urlsplit(request.url)
        if there.scheme != "blob" and there.netloc != here:
            self.faults.append(f"request: {request.url}")
        if request.method == "POST":
            self.uploads.append(request)

    def _said(self, message):
        # Chromium itself reports each answer that is an error status; those are asked for.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def open(self):
        self.tab.goto(self.address)
        expect(self.tab.locator("#limits")).not_to_be_empty()
        return self

    def close(self):
        self.context.close()

    def pick(self, *paths):
        self.tab.set_input_files("#files", list(paths))

    def drop(self, *paths):
        """Drops files as the desktop does: the browser itself opens them."""
        session = self.context.new_cdp_session(self.tab)
        data = {"items": [], "files": list(paths), "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            event = {"type": kind, "x": 200, "y": 200, "data": data}
            session.send("Input.dispatchDragEvent", event)

    @property
    def cards(self):
        return self.tab.locator("article")

    def card(self, name):
        return self.cards.filter(has=self.tab.get_by_role("heading", name=name, exact=True))

    def in_state(self, state):
        return self.tab.locator(f'article[data-state="{state}"]')

    def wait_done(self, count):
        expect(self.in_state("done")).to_have_count(count, timeout=120_000)

    def wait_heard(self, words):
        """Waits until a screen reader has been told these words."""
        for _ in range(200):
            heard = self.tab.evaluate("() => window.heard")
            if any(words in sentence for sentence in heard):
                return
            self.tab.wait_for_timeout(100)
        raise AssertionError(f"{words!r} is not among {heard}")

    def divider(self, name):
        return self.card(name).get_by_role("slider", name="Before and after")

    def setting(self, name, which):
        return self.card(name).get_by_role("slider", name=which)

    def pictures(self):
        """Collects the answers for pictures in colour, by their query."""
        found = {}

        def take(response):
            if "/after?" in response.url and response.ok:
                found.setdefault(urllib.parse.urlsplit(response.url).query, response)

        self.tab.on("response", take)
        return found
