"""Writes Documentation/Screenshots/*.jpg: the page with the photographs of Samples/.

    .deps/test/bin/python Tests/Browser/screenshots.py [FOLDER]
"""

import pathlib
import sys

from playwright.sync_api import sync_playwright

import page as pages
import program

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

# File name: how the page is opened, how many photographs are picked, and whether one is large.
SCREENSHOTS = {
    "photographs": (dict(viewport=WIDE, color_scheme="light"), 5, False),
    "large": (dict(viewport=WIDE, color_scheme="dark"), 5, True),
    "phone": (dict(viewport=NARROW, color_scheme="dark", locale="zh-CN",
                   device_scale_factor=2), 2, False),
}


def shoot(browser, address, path, context, count, is_large):
    page = pages.Page(browser, address, reduced_motion="reduce", **context).open()
    names = sorted(path.name for path in program.SAMPLES.iterdir() if path.suffix != ".md")
    if count:
        page.pick(*map(program.sample, names[:count]))
        page.wait_done(count)
    if is_large:
        page.card("coffee.jpg").get_by_role("button", name="Enlarge").click()
    page.tab.screenshot(path=path, type="jpeg", quality=82)
    page.close()


def main():
    folder = program.ROOT / "Documentation/Screenshots"
    if len(sys.argv) > 1:
        folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    server = program.Server()
    try:
        server.start()
        with sync_playwright() as playwright:
            browser = pages.launch(playwright)
            for name, wanted in SCREENSHOTS.items():
                shoot(browser, server.address, folder / f"{name}.jpg", *wanted)
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
