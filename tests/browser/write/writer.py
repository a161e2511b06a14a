"""What a person does and sees at the writing page, whatever is tested."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.test_pages import overflow, violations

TURNS, TURN = 3000, 20
"""How often something is looked for, and how many milliseconds after each other: for a minute."""


def faults(page: Page) -> dict[str, object]:
    """What axe and a ruler find wrong, on a phone at night and on a desk by day."""
    found: dict[str, object] = {}
    for width, light in ((390, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
        found[f"{width} {light}"] = violations(page) + overflow(page)
    return {where: faults for where, faults in found.items() if faults}


def saved(page: Page) -> None:
    expect(page.locator(".state")).to_have_text("已保存")


def typed(page: Page, text: str) -> None:
    page.get_by_label("正文", exact=True).press("Control+End")
    page.keyboard.insert_text(text)


class Held:
    """Writes of the page that do not reach the server until the test lets them."""

    def __init__(self, page: Page, address: str) -> None:
        self._page, self._address, self._routes = page, address, list[Route]()
        page.route(address, self._hold)

    def _hold(self, route: Route) -> None:
        if route.request.method == "GET":
            route.continue_()
        else:
            self._routes.append(route)

    def go(self) -> None:
        """Waits for the first write, and lets everything go on."""
        for _ in range(TURNS):
            if self._routes:
                break
            self._page.wait_for_timeout(TURN)
        assert self._routes, f"nothing was sent to {self._address}"
        with self._page.expect_response(self._address):
            for route in self._routes:
                route.continue_()
            self._page.unroute(self._address, self._hold)
