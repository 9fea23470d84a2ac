"""What the test cases of the page share: one server, one browser, a fresh visit for each test."""

import unittest

from playwright.sync_api import sync_playwright

import page as pages
import program


class PageCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = program.Server()
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()
        playwright = sync_playwright().start()
        cls.addClassCleanup(playwright.stop)
        cls.browser = pages.launch(playwright)
        cls.addClassCleanup(cls.browser.close)

    def visit(self, server=None, **context):
        """A visit that at its end has to be without faults."""
        page = pages.Page(self.browser, (server or self.server).address, **context)
        self.addCleanup(page.close)
        self.addCleanup(lambda: self.assertEqual(page.faults, []))
        return page.open()
