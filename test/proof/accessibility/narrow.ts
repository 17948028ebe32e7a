import type { Page } from 'playwright-core'

const NARROW = { width: 320, height: 640 }

/** What is broken on the narrowest window that a page has to fit: sideways scrolling, cut buttons, broken units. */
export async function narrowProblems(page: Page): Promise<string[]> {
  const before = page.viewportSize()
  await page.setViewportSize(NARROW)
  try {
    return await page.evaluate(problemsOfLayout)
  } finally {
    if (before) await page.setViewportSize(before)
  }
}

/** Runs in the page. */
function problemsOfLayout(): string[] {
  const found: string[] = []
  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) found.push(`it scrolls sideways: ${scrollWidth} of ${innerWidth} px`)
  for (const button of document.querySelectorAll('a.button, button')) {
    const { textOverflow, fontSize } = getComputedStyle(button)
    const isSign = fontSize === '0px' || button.matches('.rows .quiet')
    if (!isSign && textOverflow !== 'ellipsis' && button.scrollWidth > button.clientWidth + 1)
      found.push(`the button “${button.textContent}” is cut`)
  }
  const unit = /\d[\d.,]*[ \u00a0](?:%|[kMGT]?B|s|min|h|ms|Std\.|ث|د|س)(?!\p{L})/gu
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    for (const { index, 0: text } of node.textContent?.matchAll(unit) ?? []) {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + text.length)
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top / 4)))
      if (tops.size > 1) found.push(`“${text}” is broken in “${node.textContent}”`)
    }
  return found
}
