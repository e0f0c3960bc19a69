"""What is wrong with a page as it is drawn, found in the browser: a list, empty when all is well.
No browser is started here, and no page is known by name."""

from functools import lru_cache

from seongsu_assets import programs
from seongsu_assets_tests.browser.chromium import Window
from ui.strings import Language

AXE = programs.ROOT / "tools" / "node_modules" / "axe-core" / "axe.min.js"
#: What scrolls by itself may be wider, the page may not.
WIDER = """() => {
  const width = innerWidth, page = ['stMain', 'stAppViewContainer', 'stApp']
  const scrolls = (e) => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
    && !page.includes(e.dataset?.testid)
  const held = (e) => { for (let up = e.parentElement; up; up = up.parentElement)
    if (scrolls(up) && up.getBoundingClientRect().right <= width + 1) return true; return false }
  const found = [...document.body.querySelectorAll('*')].filter(e => {
    const box = e.getBoundingClientRect()
    return box.width && box.height && (box.right > width + 1 || box.left < -1)
      && e.checkVisibility({visibilityProperty: true}) && !held(e) })
  const scrolled = [document.documentElement, ...page.map(
    id => document.querySelector(`[data-testid=${id}]`))]
    .filter(e => e && e.scrollWidth > e.clientWidth)
  return [...found, ...scrolled].slice(0, 5).map(e => `wider than the window: ${e.tagName}
    ${e.getAttribute('class')} ${Math.round(e.getBoundingClientRect().right)}`) }"""
#: The choice of language names each in itself.
LANGUAGES = """(language) => {
  const wrong = document.documentElement.lang === language ? [] :
    [`the page is in ${document.documentElement.lang}`]
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode, e = text.parentElement
    if (e.closest('.st-key-choose_lang, script, style')) continue
    const said = e.closest('[lang]').lang
    if (/[가-힣]/.test(text.data) && said !== 'ko') wrong.push(`Korean in ${said}: ${text.data}`) }
  for (const block of document.querySelectorAll('section.ds:not(section.ds section)'))
    if (block.lang !== language) wrong.push(`a block in ${block.lang}: ${block.innerText}`)
  return wrong.map(each => each.slice(0, 120)) }"""
HEADINGS = """() => {
  const found = [...document.querySelectorAll('h1')].filter(e => e.innerText.trim())
  return found.length === 1 ? [] : [`${found.length} headings of the first rank`] }"""
CHECK = """() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations
  .filter(each => ['serious', 'critical'].includes(each.impact))
  .map(each => `${each.id}: ${each.nodes.length} x ${each.nodes[0].html.slice(0, 160)}
    ${each.nodes[0].failureSummary}`))"""


@lru_cache(maxsize=1)
def _axe() -> str:
    return AXE.read_text()


def faults(window: Window, language: Language) -> list[str]:
    """Everything wrong with the page as it is now, drawn in `language`."""
    page = window.page
    found = [*page.evaluate(WIDER), *page.evaluate(LANGUAGES, language), *page.evaluate(HEADINGS)]
    return [*window.wrong, *found, *inaccessible(window)]


def inaccessible(window: Window) -> list[str]:
    """What axe-core holds for serious or critical."""
    if not window.page.evaluate("'axe' in window"):
        window.page.evaluate(_axe())
    return window.page.evaluate(CHECK)
