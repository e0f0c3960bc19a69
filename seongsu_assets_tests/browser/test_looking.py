"""The looking itself: a page that was made wrong in many ways is told to be wrong in each of them.
Without this an empty list would mean nothing."""

from seongsu_assets_tests.browser import looking

#: What is done to a page of ours, whose first block is `block`, and what must be said of it.
HARM = {
    "block.insertAdjacentHTML('beforeend', '<div style=\"width:2000px\">wide</div>')":
        "wider than the window: DIV",
    "block.insertAdjacentHTML('beforeend', '<p lang=\"en\">성수</p>')": "Korean in en: 성수",
    "block.lang = 'en'": "a block in en: ",
    "document.querySelector('h1').remove()": "0 headings",
    "block.insertAdjacentHTML('beforeend', '<button></button>')": "button-name",
    "document.querySelector('.ds p').style.color = '#999'": "color-contrast",
    "console.error('broken')": "console: broken",
    "setTimeout(() => { throw new Error('torn') })": "uncaught: torn",
    "await fetch('/media/nothing.png')": "404: ",
    "block.append(Object.assign(new Image(), {src: 'http://127.0.0.2:9/x.png', alt: 'x'}))":
        "another host: ",
    "document.body.append(Object.assign(document.createElement('script'), {text: 'var a'}))":
        "console: Executing inline script",
}  # fmt: skip


def test_a_page_made_wrong_is_told_of(browser, base):
    def look(window):
        window.open().grow()
        for harm in HARM:
            window.page.evaluate(
                f"async () => {{ const block = document.querySelector('.ds'); {harm} }}"
            )
        return looking.faults(window.settle(), "ko")

    found = browser.see(base, look, "phone")
    unseen = [
        said for said in HARM.values() if not any(said == each[: len(said)] for each in found)
    ]
    assert unseen == []
