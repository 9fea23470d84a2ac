"""What goes wrong is told in a sentence, and the rest goes on."""

import pathlib
import shutil
import tempfile

from playwright.sync_api import expect

from case import PageCase
from program import Server, sample


class Faults(PageCase):
    def test_a_file_that_is_no_photograph_fails_alone_with_a_sentence(self):
        page = self.visit()
        page.pick(sample("README.md"), sample("cat.jpg"))
        page.wait_done(1)
        failed = page.card("README.md")
        expect(failed).to_have_attribute("data-state", "failed")
        expect(page.tab.locator("#count")).to_have_text("1 of 2 coloured, 1 failed")
        expect(failed.locator(".problem")).to_contain_text("README.md")
        expect(failed.get_by_role("button", name="Try again")).to_be_hidden()
        page.wait_heard("README.md")

    def test_in_chinese_the_program_s_own_sentence_follows_the_page_s(self):
        page = self.visit(locale="zh-CN")
        page.pick(sample("README.md"))
        expect(page.in_state("failed")).to_have_count(1)
        expect(page.cards.locator(".sentence")).to_have_text("这个文件不是照片，或者格式不受支持。")
        detail = page.cards.locator(".detail")
        expect(detail).to_contain_text("README.md")
        expect(detail).to_have_attribute("lang", "en")

    def test_too_large_a_file_is_not_even_sent(self):
        page = self.visit()
        body = '{"maxUploadBytes": 40000, "formats": ["jpeg"], "model": "m"}'
        page.tab.route("**/session/limits", lambda route: route.fulfill(body=body))
        page.open()
        page.pick(sample("astronaut.jpg"), sample("cat.jpg"))
        page.wait_done(1)
        expect(page.card("astronaut.jpg").locator(".sentence")).to_have_text(
            "This file has 62 kB; at most 40 kB are taken.")
        expect(page.card("astronaut.jpg").get_by_role("button", name="Try again")).to_be_hidden()
        self.assertEqual([request.url.split("=")[-1] for request in page.uploads], ["cat.jpg"])

    def expect_size_refused(self, page, limit, size, sentence):
        """Picks a file of that many bytes on a page that is told of that limit."""
        body = f'{{"maxUploadBytes": {limit}, "formats": ["jpeg"], "model": "m"}}'
        page.tab.route("**/session/limits", lambda route: route.fulfill(body=body))
        page.open()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "cat.jpg"
            path.write_bytes(bytes(size))
            page.pick(str(path))
            expect(page.cards.locator(".sentence")).to_have_text(sentence)

    def test_sizes_that_would_read_the_same_are_told_to_the_byte(self):
        for locale, sentence in (
                ("en-GB", "This file has 61,700 bytes; at most 61,699 bytes are taken."),
                ("zh-CN", "文件大小为 61,700字节，超过了 61,699字节 的上限。")):
            self.expect_size_refused(self.visit(locale=locale), 61_699, 61_700, sentence)

    def test_megabytes_have_one_decimal(self):
        self.expect_size_refused(
            self.visit(), 1_000_000, 1_400_000, "This file has 1.4 MB; at most 1 MB are taken.")

    def test_a_file_that_is_gone_before_it_is_sent_is_not_blamed_on_the_program(self):
        page = self.visit()
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        path = pathlib.Path(shutil.copy(sample("cat.jpg"), folder))

        def forget(route):
            path.unlink(missing_ok=True)
            route.continue_()

        # The page asks for its session just before it sends.
        page.tab.route(page.address + "/", forget)
        page.pick(str(path))
        expect(page.cards.locator(".sentence")).to_have_text("This file can no longer be read.")
        self.assertLessEqual(len(page.uploads), 1)

    def test_when_the_program_is_busy_the_page_waits_and_tries_again(self):
        page = self.visit()
        refused = []

        def refuse(route):
            if refused:
                return route.continue_()
            refused.append(route)
            body = '{"title": "Busy", "status": 503, "detail": "All places are taken."}'
            route.fulfill(status=503, headers={"Retry-After": "1"}, body=body)

        page.tab.route("**/session/photographs?*", refuse)
        page.pick(sample("cat.jpg"))
        expect(page.card("cat.jpg")).to_contain_text("trying again in 1 s")
        page.wait_done(1)
        self.assertEqual(len(page.uploads), 2)

    def test_after_the_session_s_end_all_can_be_coloured_again(self):
        page = self.visit()
        page.pick(sample("cat.jpg"), sample("rocket.jpg"))
        page.wait_done(2)
        # Without its cookie the program takes the page for a stranger.
        page.context.clear_cookies()
        page.tab.get_by_role("button", name="Download all").click()
        expect(page.in_state("gone")).to_have_count(2)
        expect(page.tab.locator("#notice")).to_contain_text("The session has ended.")
        expect(page.card("cat.jpg").get_by_alt_text("cat.jpg in colour")).to_be_visible()
        page.tab.get_by_role("button", name="Colour all again").click()
        expect(page.tab.get_by_role("button", name="Add photographs")).to_be_focused()
        page.wait_done(2)
        with page.tab.expect_download():
            page.tab.get_by_role("button", name="Download all").click()

    def test_a_batch_without_a_session_begins_exactly_one_for_all(self):
        page = self.visit()
        page.context.clear_cookies()
        sessions = self.server.figure("autochrome_sessions")
        names = ["astronaut.jpg", "cat.jpg", "coffee.jpg", "rocket.jpg"]
        page.drop(*map(sample, names))
        page.wait_done(len(names))
        self.assertEqual(self.server.figure("autochrome_sessions"), sessions + 1)
        for name in names:
            expect(page.card(name).get_by_alt_text(f"{name} in colour")).to_be_visible()

    def test_a_full_store_is_told_and_the_photograph_can_be_tried_again(self):
        # It holds twenty times what a photograph may have.
        server = Server("--max-upload", "50KB", "--max-pixels", "150K")
        self.addCleanup(server.stop)
        server.start()
        # What stands behind a photograph's end is not looked at.
        photograph = pathlib.Path(sample("cat.jpg")).read_bytes().ljust(50_000, b"\0")
        for _ in range(20):
            server.add(photograph)
        for locale, sentence in (
                ("en-GB", "The program has no room for more photographs. Remove some, or try "
                 "again later."),
                ("zh-CN", "程序的存储空间已满，请移除一些照片，或稍后再试。")):
            page = self.visit(server, locale=locale)
            page.pick(sample("cat.jpg"))
            expect(page.in_state("failed")).to_have_count(1)
            expect(page.cards.locator(".sentence")).to_have_text(sentence)
            expect(page.cards.locator(".again")).to_be_visible()
