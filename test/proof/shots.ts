/**
 * Pictures of every page and state: light, dark, on a phone, in four languages, with a sheet to look at them.
 * Options: `--into FOLDER` (`.nightshift/shots`), `--only WORD` (of the names of states, several), `--language CODE`
 * (several).
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { isPageLanguage, PAGE_LANGUAGES, type PageLanguage } from '#app/page-language.ts'
import { openBrowser } from '#test/browser.ts'
import type { OpenedPage } from '#test/page-states/page-state.ts'
import { openStage } from '#test/page-states/stage.ts'
import { type StateOptions, statesNamed, withState } from '#test/page-states.ts'
import { contactSheet } from './shots/contact-sheet.ts'

const { values } = parseArgs({
  options: {
    into: { type: 'string', default: '.nightshift/shots' },
    only: { type: 'string', multiple: true, default: [] },
    language: { type: 'string', multiple: true, default: Object.keys(PAGE_LANGUAGES) },
  },
})
const languages = values.language.filter(isPageLanguage)
const states = statesNamed(values.only)

interface Device extends BrowserContextOptions {
  schemes: readonly ('light' | 'dark')[]
}

const DEVICES: Readonly<Record<string, Device>> = {
  window: { viewport: { width: 1000, height: 720 }, schemes: ['light', 'dark'] },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, schemes: ['light'] },
}

const stage = await openStage()
const browser = await openBrowser()
try {
  for (const language of languages) await takeAll(language)
} finally {
  await browser.close()
  await stage.close()
}

/** Rows that lie below the window are not painted. */
async function showWhole(page: Page): Promise<void> {
  const whole = await page.evaluate(() => document.documentElement.scrollHeight)
  const { width, height } = page.viewportSize() ?? { width: 1000, height: 720 }
  await page.setViewportSize({ width, height: Math.max(height, whole) })
}

async function takeAll(language: PageLanguage): Promise<void> {
  const folder = resolve(values.into, language)
  await mkdir(folder, { recursive: true })
  for (const state of states)
    for (const [name, { schemes, ...device }] of Object.entries(DEVICES)) {
      const take = async ({ page }: OpenedPage) => {
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme })
          await showWhole(page)
          await page.screenshot({
            path: join(folder, `${state.name}.${name}-${colorScheme}.png`),
            fullPage: true,
            animations: 'disabled',
          })
        }
      }
      const options: StateOptions = { browser, stage, language, device }
      await withState(state, options, take).catch(error => {
        process.exitCode = 1
        console.log(`  ✗ ${state.name}, ${name}, ${language}: ${error}`)
      })
    }
  const columns = Object.entries(DEVICES).flatMap(([name, { schemes }]) =>
    schemes.map(scheme => `${name}-${scheme}`),
  )
  const sheet = contactSheet({ language, names: states.map(({ name }) => name), columns })
  await writeFile(join(folder, 'index.html'), sheet)
  console.log(`  ${states.length} states in ${language}: ${join(folder, 'index.html')}`)
}
