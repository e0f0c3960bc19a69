"""The pages in a real browser: Debian's Chromium, driven by Playwright.
What needs no browser is in the tests beside this folder."""
