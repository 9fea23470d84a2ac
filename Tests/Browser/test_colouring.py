"""Photographs come in, are coloured, and go out as the command line would write them."""

import base64
import pathlib
import shutil
import tempfile
import unittest
import zipfile

from playwright.sync_api import expect

from case import PageCase
from program import SAMPLES, colorized, sample, without_time


class Colouring(PageCase):
    def test_a_photograph_that_is_dropped_goes_through_each_state_to_its_colours(self):
        page = self.visit()
        page.tab.evaluate("""() => {
            window.states = [];
            new MutationObserver((changes) => {
                for (const { target } of changes) {
                    const { state } = target.dataset;
                    if (state && states.at(-1) !== state) states.push(state);
                }
            }).observe(document.body, { attributeFilter: ["data-state"], subtree: true });
        }""")
        page.drop(sample("cat.jpg"))
        page.wait_done(1)
        states = page.tab.evaluate("() => window.states")
        # It may be coloured between two looks, but not without being sent and queued.
        self.assertEqual([state for state in states if state != "coloring"],
                         ["uploading", "queued", "done"])
        card = page.card("cat.jpg")
        expect(card).to_contain_text("451 × 300")
        for picture in ("cat.jpg before", "cat.jpg in colour"):
            size = card.get_by_alt_text(picture, exact=True).evaluate(
                "(image) => [image.naturalWidth, image.naturalHeight]")
            self.assertEqual(size, [451, 300])
        page.wait_heard("cat.jpg is coloured.")

    def test_of_a_dropped_folder_the_photographs_are_taken(self):
        page = self.visit()
        page.drop(str(SAMPLES))
        names = sorted(path.name for path in SAMPLES.iterdir() if path.suffix != ".md")
        page.wait_done(len(names))
        self.assertEqual(sorted(page.tab.locator("article .name").all_text_contents()), names)

    def test_every_suffix_of_a_format_is_known(self):
        page = self.visit()
        names = ["a.jpe", "b.JFIF", "c.jpeg", "d.hif"]
        with tempfile.TemporaryDirectory() as folder:
            for name in names + ["notes.txt"]:
                shutil.copy(sample("cat.jpg"), pathlib.Path(folder) / name)
            page.drop(folder)
            page.wait_done(len(names))
        self.assertEqual(sorted(page.tab.locator("article .name").all_text_contents()), names)
        accepted = page.tab.locator("#files").get_attribute("accept").split(",")
        self.assertLessEqual({".jpe", ".jfif", ".jpeg", ".hif"}, set(accepted))

    def test_a_photograph_that_is_pasted_is_coloured(self):
        page = self.visit()
        bytes64 = base64.b64encode((SAMPLES / "cat.jpg").read_bytes()).decode()
        page.tab.evaluate("""(text) => {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File([bytes], "image.jpg", { type: "image/jpeg" }));
            document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""", bytes64)
        page.wait_done(1)

    def test_at_most_three_are_sent_at_a_time(self):
        page = self.visit()
        held, released = [], []
        page.tab.route(
            "**/session/photographs?*",
            lambda route: route.continue_() if released else held.append(route))
        page.pick(*[sample("cat.jpg")] * 5)
        expect(page.in_state("uploading")).to_have_count(3)
        expect(page.in_state("waiting")).to_have_count(2)
        page.tab.wait_for_timeout(300)
        self.assertEqual(len(held), 3)
        # What comes from now on is not held.
        released.append(True)
        for route in held:
            route.continue_()
        # Those that waited come as the first leave.
        expect(page.in_state("waiting")).to_have_count(0)
        page.wait_done(5)

    def test_a_download_has_the_bytes_that_the_command_line_writes(self):
        page = self.visit()
        page.pick(sample("cat.jpg"), sample("photographer.png"))
        page.wait_done(2)
        # From 50 % and 100 %, ten steps of a hundredth each.
        for _ in range(10):
            page.setting("cat.jpg", "Vividness").press("ArrowRight")
            page.setting("cat.jpg", "Saturation").press("ArrowLeft")
        for name, vividness, saturation in (("cat.jpg", 0.6, 0.9), ("photographer.png", 0.5, 1)):
            with page.tab.expect_download() as download:
                page.card(name).get_by_role("link", name=f"Download {name}").click()
            path = pathlib.Path(name)
            self.assertEqual(download.value.suggested_filename, f"{path.stem}.color{path.suffix}")
            with tempfile.TemporaryDirectory() as folder:
                expected = colorized(sample(name), folder, vividness, saturation)
            found = without_time(pathlib.Path(download.value.path()).read_bytes())
            self.assertTrue(found == expected, f"{name}: {len(found)}, {len(expected)} bytes")

    def test_the_archive_has_every_photograph_with_its_own_settings(self):
        page = self.visit()
        page.pick(sample("cat.jpg"), sample("rocket.jpg"), sample("README.md"))
        page.wait_done(2)
        expect(page.in_state("failed")).to_have_count(1)
        page.setting("rocket.jpg", "Vividness").press("End")
        with page.tab.expect_download() as download:
            page.tab.get_by_role("button", name="Download all").click()
        with zipfile.ZipFile(download.value.path()) as archive, \
                tempfile.TemporaryDirectory() as folder:
            found = {name: without_time(archive.read(name)) for name in archive.namelist()}
            expected = {
                "cat.color.jpg": colorized(sample("cat.jpg"), folder, 0.5, 1),
                "rocket.color.jpg": colorized(sample("rocket.jpg"), folder, 1, 1),
            }
        self.assertEqual(sorted(found), sorted(expected))
        self.assertEqual([name for name in found if found[name] != expected[name]], [])
