"""A page that `autochrome serve --open` opens: for one person, with photographs in it already."""

import os
import pathlib
import tempfile
import time
import unittest
from unittest import mock

from playwright.sync_api import expect, sync_playwright

import page as pages
import program


class Visit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        playwright = sync_playwright().start()
        cls.addClassCleanup(playwright.stop)
        cls.browser = pages.launch(playwright)
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        browser = self.folder / "xdg-open"
        browser.write_text('#!/bin/sh\necho "$1" >"$BROWSED.new" && mv "$BROWSED.new" "$BROWSED"\n')
        browser.chmod(0o755)
        told = mock.patch.dict(
            os.environ, PATH=f"{self.folder}:{os.environ['PATH']}",
            BROWSED=str(self.folder / "address"), XDG_STATE_HOME=str(self.folder / "state"))
        told.start()
        self.addCleanup(told.stop)

    def serve(self, *photographs):
        """A server of its own, and the address that the browser was given."""
        server = program.Server("--open", *photographs)
        server.start()
        self.addCleanup(server.stop)
        address = self.folder / "address"
        for _ in range(100):
            if address.exists():
                break
            time.sleep(0.1)
        found = address.read_text().strip()
        address.unlink()
        return server, found

    def open(self, address, **context):
        page = pages.Page(self.browser, address, **context)
        self.addCleanup(page.close)
        self.addCleanup(lambda: self.assertEqual(page.faults, []))
        return page.open()

    def test_the_photographs_handed_over_are_coloured_and_stay_when_it_is_loaded_again(self):
        _, address = self.serve(program.sample("cat.jpg"), program.sample("coffee.jpg"))
        page = self.open(address)
        page.wait_done(2)
        self.assertNotIn("open=", page.tab.url)
        page.tab.reload()
        page.wait_done(2)
        names = page.tab.locator("article .name").all_text_contents()
        self.assertEqual(names, ["cat.jpg", "coffee.jpg"])
        self.assertEqual(page.uploads, [])

    def test_what_is_no_photograph_is_told(self):
        text = self.folder / "letter.txt"
        text.write_text("no photograph")
        page = self.open(self.serve(str(text))[1])
        expect(page.tab.locator("#notice")).to_contain_text("letter.txt")

    def test_what_was_not_saved_is_there_the_next_time(self):
        server, address = self.serve(program.sample("cat.jpg"), program.sample("coffee.jpg"))
        page = self.open(address)
        page.wait_done(2)
        page.card("cat.jpg").locator(".remove").click()
        expect(page.cards).to_have_count(1)
        page.close()
        server.stop()
        page = self.open(self.serve()[1])
        page.wait_done(1)
        expect(page.card("coffee.jpg")).to_be_visible()


if __name__ == "__main__":
    unittest.main()
