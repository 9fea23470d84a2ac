"""The page in each language, size and scheme, for eyes and for screen readers."""

import re

from playwright.sync_api import expect

from case import PageCase
from program import sample


def contrast(first, second):
    """The contrast ratio of two colours #rrggbb (WCAG 2.2)."""
    def luminance(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear))
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


class Everyone(PageCase):
    def test_it_speaks_the_browser_s_language(self):
        keys = {}
        for locale, language, words in (
                ("en-US", "en", "Choose photographs"), ("fr-FR", "en", "Choose photographs"),
                ("zh-CN", "zh-Hans", "选择照片"), ("zh-TW", "zh-Hans", "选择照片")):
            page = self.visit(locale=locale)
            self.assertEqual(page.tab.locator("html").get_attribute("lang"), language)
            expect(page.tab.locator("#welcome .pick")).to_have_text(words)
            keys[language] = page.tab.evaluate(
                "async () => Object.keys((await import('/strings.js')).text).sort()")
        self.assertEqual(keys["en"], keys["zh-Hans"])

    def test_nothing_is_left_in_english_on_the_chinese_page(self):
        page = self.visit(locale="zh-CN")
        page.pick(sample("cat.jpg"), sample("rocket.jpg"))
        page.wait_done(2)
        names = "Autochrome|autochrome|cat.jpg|rocket.jpg|JPEG XL|JPEG|PNG|TIFF|WebP|HEIC|AVIF|MB"
        words = page.tab.locator("body").inner_text() + " ".join(self.names(page))
        self.assertEqual(re.findall(r"[A-Za-z]{2,}", re.sub(names, "", words)), [])
        self.assertIn("照片不会离开这台电脑。", words)

    def names(self, page):
        """The names of everything that can be used, as a screen reader has them."""
        session = page.context.new_cdp_session(page.tab)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        used = {"button", "link", "slider", "progressbar", "image", "img"}
        return [node["name"]["value"] for node in nodes
                if node.get("role", {}).get("value") in used and not node.get("ignored")]

    def test_everything_that_can_be_used_has_a_name_of_its_own(self):
        page = self.visit()
        page.pick(sample("cat.jpg"), sample("rocket.jpg"))
        page.wait_done(2)
        names = self.names(page)
        self.assertGreaterEqual(len(names), 20)
        self.assertNotIn("", names)
        self.assertEqual(len(set(names)), len(names), names)

    def test_it_is_used_by_keys_in_the_order_in_which_it_is_read_and_the_focus_is_seen(self):
        page = self.visit(reduced_motion="reduce")
        page.pick(sample("cat.jpg"))
        page.wait_done(1)
        page.tab.evaluate("() => document.activeElement.blur()")
        order = ["button pick", "divider", "icon enlarge", "icon remove", "vividness",
                 "saturation", "button download"]
        for name in order:
            page.tab.keyboard.press("Tab")
            focused = page.tab.locator(":focus")
            self.assertEqual(focused.get_attribute("class"), name)
            box = focused.bounding_box()
            clip = {"x": box["x"] - 8, "y": box["y"] - 8, "width": box["width"] + 16,
                    "height": box["height"] + 16}
            with_focus = page.tab.screenshot(clip=clip)
            focused.blur()
            self.assertNotEqual(page.tab.screenshot(clip=clip), with_focus, name)

    def test_it_fits_every_width(self):
        for width in (360, 390, 600, 768, 1024, 1920, 2560):
            page = self.visit(viewport={"width": width, "height": 800})
            for step in ("empty", "one", "many"):
                if step == "one":
                    page.pick(sample("README.md"))
                if step == "many":
                    page.pick(sample("cat.jpg"), sample("rocket.jpg"))
                overflow = page.tab.evaluate(
                    "() => document.scrollingElement.scrollWidth - innerWidth")
                self.assertLessEqual(overflow, 0, f"{step} at {width}")
            cards = page.tab.locator("#photographs > li")
            expect(cards).to_have_count(3)
            columns = {round(box["x"]) for box in (c.bounding_box() for c in cards.all())}
            self.assertEqual(len(columns), 1 if width < 700 else 2 if width < 1100 else 3, width)

    def test_text_has_contrast_in_light_and_in_dark(self):
        backgrounds = set()
        for scheme in ("light", "dark"):
            page = self.visit(color_scheme=scheme)
            colours = page.tab.evaluate("""() => {
                const style = getComputedStyle(document.documentElement);
                const names = ["paper", "surface", "mat", "ink", "soft", "warning",
                    "warning-paper", "accent", "edge"];
                return Object.fromEntries(
                    names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
            }""")
            backgrounds.add(page.tab.evaluate(
                "() => getComputedStyle(document.documentElement).backgroundColor"))
            for text, under, least in (
                    ("ink", "paper", 4.5), ("ink", "surface", 4.5), ("soft", "paper", 4.5),
                    ("soft", "surface", 4.5), ("warning", "mat", 4.5),
                    ("warning", "warning-paper", 4.5), ("accent", "paper", 3),
                    ("accent", "surface", 3), ("edge", "surface", 3), ("edge", "paper", 3)):
                ratio = contrast(colours[text], colours[under])
                self.assertGreaterEqual(ratio, least, f"{text} on {under}, {scheme}")
        self.assertEqual(len(backgrounds), 2)

    def test_it_keeps_still_for_those_who_ask_for_it(self):
        for motion, is_still in (("no-preference", False), ("reduce", True)):
            page = self.visit(reduced_motion=motion)
            page.tab.evaluate("""() => {
                window.moved = [];
                document.addEventListener("transitionrun", ({ target }) => {
                    moved.push(target.className);
                });
            }""")
            page.pick(sample("cat.jpg"))
            page.wait_done(1)
            expect(page.divider("cat.jpg")).to_have_attribute("aria-valuenow", "50")
            page.tab.wait_for_timeout(300)
            moved = page.tab.evaluate("() => window.moved")
            self.assertEqual(moved == [], is_still, moved)

    def test_a_breach_of_the_policy_would_be_seen(self):
        page = self.visit()
        page.tab.evaluate("() => document.body.setAttribute('style', 'color: red')")
        page.tab.evaluate("""() => {
            const image = new Image();
            image.src = "http://example.invalid/";
            document.body.append(image);
        }""")
        page.tab.wait_for_timeout(200)
        said = " ".join(page.faults)
        page.faults.clear()
        self.assertRegex(said, "style")
        self.assertRegex(said, "example.invalid")

    def test_where_it_is_served_to_others_it_says_where_photographs_go(self):
        page = self.visit()
        expect(page.tab.locator("#privacy")).to_have_text("Nothing leaves this machine.")
        # Without the headers, of which the program would refuse Origin.
        page.tab.route("http://old.photographs.test/**", lambda route: route.fulfill(
            response=route.fetch(
                url=page.address + route.request.url.split(".test")[1], headers={})))
        page.tab.goto("http://old.photographs.test/")
        expect(page.tab.locator("#privacy")).to_have_text(
            "Photographs go to old.photographs.test and nowhere else.")
        # What is still asked for must be answered before the page is closed.
        page.tab.unroute_all(behavior="wait")
        page.faults.clear()
