"""A program that is away for a moment, and a page that is left."""

from playwright.sync_api import expect

from case import PageCase
from program import sample

SILENCE = "The program does not answer. Is “autochrome serve” still running?"


class Absence(PageCase):
    def coloured(self, *names):
        page = self.visit()
        page.pick(*map(sample, names))
        page.wait_done(len(names))
        return page

    def test_without_a_connection_what_is_done_stays_and_is_downloaded_later(self):
        page = self.coloured("cat.jpg", "rocket.jpg")
        notice = page.tab.locator("#notice")
        for button in (page.tab.locator("#download-all"),
                       page.card("cat.jpg").locator("a.download")):
            page.context.set_offline(True)
            button.click()
            expect(notice).to_contain_text(SILENCE)
            expect(page.in_state("done")).to_have_count(2)
            expect(page.card("cat.jpg").get_by_alt_text("cat.jpg in colour")).to_be_visible()
            expect(notice.get_by_role("button")).to_be_hidden()
            page.context.set_offline(False)
            with page.tab.expect_download():
                button.click()
            expect(notice).to_be_hidden()
        page.wait_heard(SILENCE)

    def test_a_step_without_a_connection_is_asked_for_again_with_the_next(self):
        page = self.coloured("cat.jpg")
        image = page.card("cat.jpg").get_by_alt_text("cat.jpg in colour")
        shown = image.get_attribute("src")
        page.context.set_offline(True)
        page.setting("cat.jpg", "Vividness").press("End")
        expect(page.tab.locator("#notice")).to_contain_text(SILENCE)
        expect(page.in_state("done")).to_have_count(1)
        expect(image).to_have_attribute("src", shown)
        asked = []
        page.tab.on("request", lambda request: asked.append(request.url))
        page.tab.wait_for_timeout(1000)
        self.assertEqual(asked, [])
        page.context.set_offline(False)
        page.setting("cat.jpg", "Vividness").press("Home")
        expect(image).not_to_have_attribute("src", shown)
        expect(page.tab.locator("#notice")).to_be_hidden()

    def test_those_that_got_no_answer_can_all_be_coloured_again(self):
        page = self.visit()
        page.tab.route("**/session/photographs?*", lambda route: route.abort())
        page.pick(sample("cat.jpg"), sample("rocket.jpg"), sample("README.md"))
        expect(page.in_state("failed")).to_have_count(3, timeout=15_000)
        page.tab.unroute("**/session/photographs?*")
        page.tab.get_by_role("button", name="Colour all again").click()
        page.wait_done(2)
        expect(page.tab.locator("#notice")).to_be_hidden()

    def test_a_page_that_is_left_takes_its_photographs_with_it_and_no_others(self):
        page = self.coloured("cat.jpg", "rocket.jpg")
        other = page.context.new_page()
        other.goto(page.address)
        other.set_input_files("#files", [sample("coffee.jpg")])
        expect(other.locator('article[data-state="done"]')).to_have_count(1)

        def statuses(tab):
            links = tab.locator("a.download").evaluate_all("(all) => all.map((a) => a.href)")
            states = [link.split("/file")[0] for link in links]
            return lambda: [page.context.request.get(state).status for state in states]

        mine, others = statuses(page.tab), statuses(other)
        self.assertEqual(mine() + others(), [200, 200, 200])
        page.tab.reload()
        for _ in range(50):
            if mine() == [404, 404]:
                break
            page.tab.wait_for_timeout(100)
        self.assertEqual(mine() + others(), [404, 404, 200])

    def test_without_an_answer_it_says_so_and_can_be_tried_again(self):
        page = self.visit()
        page.tab.route("**/session/photographs?*", lambda route: route.abort())
        page.pick(sample("cat.jpg"))
        expect(page.in_state("failed")).to_have_count(1, timeout=15_000)
        expect(page.card("cat.jpg")).to_contain_text("does not answer")
        self.assertEqual(len(page.uploads), 3)
        page.tab.unroute("**/session/photographs?*")
        page.card("cat.jpg").get_by_role("button", name="Try again").click()
        expect(page.card("cat.jpg").get_by_role("button", name="Remove")).to_be_focused()
        page.wait_done(1)
