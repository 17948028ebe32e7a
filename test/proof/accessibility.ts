/**
 * axe finds nothing wrong on any page and state, light and dark, in each language; all of them can be seen in forced
 * colours and fit into 320 pixels. Options: `--only WORD` (of the names of states, several), `--language CODE` (several).
 */
import { parseArgs } from 'node:util'
import { isPageLanguage, PAGE_LANGUAGES, type PageLanguage } from '#app/page-language.ts'
import { axeFindings } from '#test/axe.ts'
import { openBrowser } from '#test/browser.ts'
import type { OpenedPage, PageState } from '#test/page-states/page-state.ts'
import { openStage } from '#test/page-states/stage.ts'
import { statesNamed, withState } from '#test/page-states.ts'
import { forcedColorProblems } from './accessibility/forced-colors.ts'
import { narrowProblems } from './accessibility/narrow.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    language: { type: 'string', multiple: true, default: Object.keys(PAGE_LANGUAGES) },
  },
})
const states = statesNamed(values.only)
let problems = 0

const stage = await openStage()
const browser = await openBrowser()
try {
  for (const language of values.language.filter(isPageLanguage))
    for (const state of states) await judge(state, language)
} finally {
  await browser.close()
  await stage.close()
}
console.log(`  ${problems ? '✗' : '✓'} ${states.length} states, ${problems} problems`)
if (problems > 0) process.exitCode = 1

async function judge(state: PageState, language: PageLanguage): Promise<void> {
  const found = await withState(state, { browser, stage, language }, at => problemsOf(at, state)).catch(
    error => [`not reached: ${error}`],
  )
  problems += found.length
  for (const problem of found) console.log(`  ✗ ${state.name}, ${language}: ${problem}`)
}

/** The keyboard comes last: moving the focus may change the state. */
async function problemsOf({ page }: OpenedPage, { browser: settings }: PageState): Promise<string[]> {
  const found: string[] = []
  const hasScript = settings?.javaScriptEnabled !== false
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    if (hasScript) found.push(...(await axeFindings(page)).map(line => `${line}, ${colorScheme}`))
  }
  return [...found, ...(await narrowProblems(page)), ...(await forcedColorProblems(page))]
}
