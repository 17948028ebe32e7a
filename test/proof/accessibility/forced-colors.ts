import type { Page } from 'playwright-core'

/** What cannot be seen on a page when the system forces its own few colours, such as white on black. */
export async function forcedColorProblems(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: 'active' })
  try {
    return [...(await page.evaluate(problemsOfStyles)), ...(await problemsOfFocus(page))]
  } finally {
    await page.emulateMedia({ forcedColors: 'none' })
  }
}

/** How many elements the keyboard is moved over; further ones look alike. */
const MOST_STEPS = 12

async function problemsOfFocus(page: Page): Promise<string[]> {
  const found = new Set<string>()
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab')
    const problem = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body || element.tagName === 'IFRAME') return null
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const isSeen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      return isSeen ? null : `no outline of ${element.tagName} “${element.textContent?.slice(0, 30)}”`
    })
    if (problem) found.add(problem)
  }
  return [...found]
}

/** Runs in the page. */
function problemsOfStyles(): string[] {
  // The change of colours may be under way still.
  for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish()
  const all = (selector: string) =>
    [...document.querySelectorAll(selector)].filter(element => element.checkVisibility())
  const probe = document.body.appendChild(document.createElement('i'))
  probe.style.backgroundColor = 'Canvas'
  const canvas = getComputedStyle(probe).backgroundColor
  probe.remove()
  const hasBorder = ({ borderTopStyle, borderTopWidth }: CSSStyleDeclaration) =>
    borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0
  const found: string[] = []
  for (const bar of all('.bar')) {
    if (!hasBorder(getComputedStyle(bar, '::before'))) found.push('a bar has no visible track')
    const rect = bar.querySelector('rect')
    if (rect && getComputedStyle(rect).fill === canvas) found.push('a bar has no visible part')
  }
  for (const button of all('.button, .field, .switch, .preset'))
    if (!hasBorder(getComputedStyle(button)))
      found.push(`no border of ${button.tagName} “${button.textContent?.slice(0, 30)}”`)
  for (const button of all('.switch'))
    if (getComputedStyle(button, '::before').backgroundColor === getComputedStyle(button).backgroundColor)
      found.push('the knob of a switch has the colour of its track')
  const looks = (element: Element) => {
    const { borderTopColor, outlineColor, outlineStyle, backgroundColor } = getComputedStyle(element)
    return [borderTopColor, outlineColor, outlineStyle, backgroundColor].join()
  }
  const [pressed] = all('.preset:has([aria-pressed="true"])')
  const [other] = all('.preset:not(:has([aria-pressed="true"]))')
  if (pressed && other && looks(pressed) === looks(other)) found.push('a chosen preset looks like the others')
  return [...new Set(found)]
}
