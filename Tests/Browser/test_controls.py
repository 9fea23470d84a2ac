"""The divider and the settings, by mouse, finger and keys."""

import urllib.parse

from playwright.sync_api import expect

from case import PageCase
from program import sample


class Controls(PageCase):
    def coloured(self, *names, **context):
        page = self.visit(reduced_motion="reduce", **context)
        page.pick(*map(sample, names))
        page.wait_done(len(names))
        return page

    def picture(self, page, name):
        return page.card(name).locator(".picture")

    def test_the_divider_follows_the_mouse_and_uncovers_colour(self):
        page = self.coloured("cat.jpg")
        divider, picture = page.divider("cat.jpg"), self.picture(page, "cat.jpg")
        expect(divider).to_have_attribute("aria-valuenow", "50")
        box = picture.bounding_box()
        middle = box["y"] + box["height"] / 2
        page.tab.mouse.move(box["x"] + box["width"] / 2, middle)
        page.tab.mouse.down()
        for share, value in ((0.25, "25"), (0.9, "90"), (1.5, "100"), (-0.5, "0")):
            page.tab.mouse.move(box["x"] + share * box["width"], middle, steps=3)
            expect(divider).to_have_attribute("aria-valuenow", value)
        page.tab.mouse.up()
        expect(divider).to_have_attribute("aria-valuetext", "100 % in colour")
        colour = picture.screenshot()
        page.tab.mouse.move(box["x"] + box["width"] / 4, middle)
        expect(divider).to_have_attribute("aria-valuenow", "0")
        divider.press("End")
        self.assertNotEqual(picture.screenshot(), colour)

    def test_the_divider_follows_a_finger(self):
        page = self.coloured("cat.jpg", has_touch=True, viewport={"width": 390, "height": 844})
        box = self.picture(page, "cat.jpg").bounding_box()
        session = page.context.new_cdp_session(page.tab)
        y = box["y"] + box["height"] / 2

        def touch(kind, *shares):
            points = [{"x": box["x"] + share * box["width"], "y": y} for share in shares]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        touch("touchStart", 0.5)
        for share in (0.45, 0.4, 0.3, 0.2):
            touch("touchMove", share)
        touch("touchEnd")
        expect(page.divider("cat.jpg")).to_have_attribute("aria-valuenow", "20")

    def test_the_divider_moves_by_keys(self):
        page = self.coloured("cat.jpg")
        divider = page.divider("cat.jpg")
        for key, value in (("ArrowRight", 52), ("ArrowLeft", 50), ("ArrowUp", 52),
                           ("ArrowDown", 50), ("Shift+ArrowRight", 60), ("PageUp", 70),
                           ("PageDown", 60), ("Home", 0), ("ArrowLeft", 0), ("End", 100)):
            divider.press(key)
            expect(divider).to_have_attribute("aria-valuenow", str(value))

    def test_settings_change_the_picture_without_the_network(self):
        page = self.coloured("cat.jpg")
        pictures = page.pictures()
        page.divider("cat.jpg").press("Home")
        shown = self.picture(page, "cat.jpg").screenshot()
        runs = self.server.network_runs()
        self.assertGreater(runs, 0)
        seen = {shown}
        for which, key in (("Vividness", "End"), ("Vividness", "Home"), ("Saturation", "End"),
                           ("Saturation", "Home")):
            image = page.card("cat.jpg").get_by_alt_text("cat.jpg in colour")
            before = image.get_attribute("src")
            page.setting("cat.jpg", which).press(key)
            expect(image).not_to_have_attribute("src", before)
            page.setting("cat.jpg", which).blur()
            seen.add(self.picture(page, "cat.jpg").screenshot())
        self.assertEqual(len(seen), 5)
        self.assertEqual(len(pictures), 4)
        self.assertEqual(self.server.network_runs(), runs)

    def test_of_two_pictures_the_newer_settings_are_shown(self):
        page = self.coloured("cat.jpg")
        held = []
        page.tab.route("**/after?vividness=1&*", lambda route: held.append(route))
        image = page.card("cat.jpg").get_by_alt_text("cat.jpg in colour")
        first = image.get_attribute("src")
        with page.tab.expect_request_finished(lambda request: "vividness=0&" in request.url):
            with page.tab.expect_event("requestfailed") as given_up:
                page.setting("cat.jpg", "Vividness").press("End")
                page.setting("cat.jpg", "Vividness").press("Home")
        self.assertIn("vividness=1&", given_up.value.url)
        expect(image).not_to_have_attribute("src", first)
        self.assertEqual(len(held), 1)
        held[0].abort()
        expect(page.setting("cat.jpg", "Vividness")).to_have_attribute("aria-valuetext", "0 %")

    def test_settings_of_one_are_used_for_all(self):
        page = self.coloured("cat.jpg", "rocket.jpg")
        pictures = page.pictures()
        page.setting("cat.jpg", "Vividness").press("End")
        page.card("cat.jpg").get_by_role("button", name="for all").click()
        value = page.setting("rocket.jpg", "Vividness")
        expect(value).to_have_attribute("aria-valuetext", "100 %")
        page.wait_heard("Used for all photographs.")
        page.pick(sample("coffee.jpg"))
        page.wait_done(3)
        expect(page.setting("coffee.jpg", "Vividness")).to_have_value("1")
        self.assertIn("vividness=1&saturation=1", pictures)
        addresses = page.tab.locator("a.download").evaluate_all("(all) => all.map((a) => a.href)")
        queries = {urllib.parse.urlsplit(address).query for address in addresses}
        self.assertEqual(queries, {"vividness=1&saturation=1"})

    def test_a_photograph_opens_large_and_closes_by_keys_alone(self):
        page = self.coloured("cat.jpg", "rocket.jpg")
        enlarge = page.card("cat.jpg").get_by_role("button", name="Enlarge cat.jpg")
        small = self.picture(page, "cat.jpg").bounding_box()["width"]
        enlarge.press("Enter")
        large = page.tab.get_by_role("dialog", name="cat.jpg")
        expect(large).to_be_visible()
        self.assertGreater(large.locator(".picture").bounding_box()["width"], 1.5 * small)
        expect(large.get_by_role("slider", name="Before and after")).to_be_focused()
        page.tab.keyboard.press("Home")
        large.get_by_role("button", name="Next photograph").press("Enter")
        expect(page.tab.get_by_role("dialog", name="rocket.jpg")).to_be_visible()
        page.tab.keyboard.press("Escape")
        expect(page.tab.get_by_role("dialog")).to_have_count(0)
        expect(page.card("rocket.jpg").get_by_role("button", name="Enlarge")).to_be_focused()
        expect(page.divider("cat.jpg")).to_have_attribute("aria-valuenow", "0")

    def test_what_comes_in_behind_one_that_is_enlarged_is_heard_and_can_be_gone_to(self):
        page = self.coloured("cat.jpg")
        page.card("cat.jpg").get_by_role("button", name="Enlarge cat.jpg").press("Enter")
        large = page.tab.get_by_role("dialog", name="cat.jpg")
        onward = large.get_by_role("button", name="Next photograph")
        expect(onward).to_be_disabled()
        page.pick(sample("rocket.jpg"))
        expect(onward).to_be_enabled()
        expect(large.get_by_role("status")).to_contain_text("rocket.jpg is coloured.")

    def test_one_that_is_removed_is_forgotten_and_the_focus_stays_near(self):
        page = self.coloured("cat.jpg", "rocket.jpg")
        address = page.card("cat.jpg").locator("a.download").get_attribute("href").split("/file")[0]
        with page.tab.expect_request_finished(lambda request: request.method == "DELETE"):
            page.card("cat.jpg").get_by_role("button", name="Remove cat.jpg").press("Enter")
        expect(page.cards).to_have_count(1)
        expect(page.card("rocket.jpg").get_by_role("button", name="Remove")).to_be_focused()
        gone = page.context.request.get(page.address + address)
        self.assertEqual(gone.status, 404)
        page.card("rocket.jpg").get_by_role("button", name="Remove").press("Enter")
        expect(page.tab.get_by_role("button", name="Choose photographs")).to_be_focused()
