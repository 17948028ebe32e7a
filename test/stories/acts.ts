/** What a person does on a page in any browser, and what comes of it. */
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'puppeteer-core'
import { rowSelector } from '#test/browser.ts'
import { unpacked } from '#test/unpacked.ts'
import { until } from '#test/until.ts'
import type { Scene } from './story.ts'

/** Waits for a row's state. */
export async function seeState(page: Page, name: string, state: string): Promise<void> {
  await page.waitForSelector(rowSelector(name, state))
}

/** What has this text in the row of a file: an action of it (`button`, `a`), or what it says. */
export const inRow = (name: string, what: string, text: string) =>
  `${rowSelector(name)} ${what}::-p-text(${text})`

/** Clicks on a button or a link by its words, once it stands still: the words of one that shows a picture are clipped. */
export async function click(page: Page, selector: string): Promise<void> {
  const words = await locatorOf(page, selector)
  await words.map(element => element.closest('button, a') ?? element).click()
}

/** Replaces the text of a field. */
export const fill = async (page: Page, selector: string, text: string): Promise<void> =>
  (await locatorOf(page, selector)).fill(text)

/** Waits for an element first: the error of a locator does not name what never came. */
async function locatorOf(page: Page, selector: string): Promise<Locator<Element>> {
  await page.waitForSelector(selector)
  return page.locator(selector)
}

/** Moves the keyboard's focus forward to a button or a link, and presses it. @throws Error where it does not come there */
export async function pressByKeyboard(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(selector)
  const isFocused = () =>
    page.$eval(selector, element => element.closest('button, a') === document.activeElement)
  for (let presses = 0; !(await isFocused()); presses++) {
    if (presses === 100) throw new Error(`the keyboard does not reach ${selector}`)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
}

/** Presses what opens the browser's picker and chooses files in it, or a folder. */
export async function choose(
  page: Page,
  press: () => Promise<void>,
  paths: readonly string[],
): Promise<void> {
  const [chooser] = await Promise.all([page.waitForFileChooser(), press()])
  await chooser.accept([...paths])
}

/** What a press downloads: its name and its bytes, as the browser saves it. */
export async function downloaded(
  { downloads }: Scene,
  press: () => Promise<void>,
): Promise<{ name: string; bytes: Buffer }> {
  await press()
  const name = await until('the browser has saved a file', () => savedIn(downloads))
  const path = join(downloads, name)
  const bytes = await readFile(path)
  await rm(path)
  return { name, bytes }
}

/** The only file of a folder once it is whole: until then it has another name, or Firefox an empty file beside that. */
async function savedIn(folder: string): Promise<string | undefined> {
  const [name, ...others] = await readdir(folder)
  if (name === undefined || others.length > 0 || /^\.|\.(part|crdownload)$/.test(name)) return undefined
  return (await stat(join(folder, name))).size > 0 ? name : undefined
}

/** The names of the files in a zip that a press downloads, without its report. */
export async function namesInZip(scene: Scene, press: () => Promise<void>): Promise<string[]> {
  const files = await unpacked((await downloaded(scene, press)).bytes)
  return [...files.keys()].filter(name => name !== 'report.txt').toSorted()
}
