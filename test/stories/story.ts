import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { TestInstance } from '#test/test-instance.ts'
import { unpacked } from '#test/unpacked.ts'

/** As many as run at once where stories are told. */
export const SLOTS = 2

/** What somebody does on the page, in any browser. */
export interface Story {
  title: string
  /** What is particular about the browser. */
  browser?: BrowserContextOptions
  /** @throws Error where it ends in another way */
  run(scene: Scene): Promise<void>
}

/** A new page of somebody new, not opened yet. */
export interface Scene {
  page: Page
  instance: TestInstance
  /** Of this story alone. */
  folder: string
}

export async function openPage({ page, instance }: Scene): Promise<void> {
  await page.goto(instance.url)
  await page.locator('[data-link="live"]').waitFor()
}

/** What a press downloads: its name and its bytes. */
export async function downloaded(
  page: Page,
  press: () => Promise<unknown>,
): Promise<{ name: string; bytes: Buffer }> {
  const [saved] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: saved.suggestedFilename(), bytes: await readFile(await saved.path()) }
}

/** The names of the files in a zip that a press downloads, without its report. */
export async function namesInZip(page: Page, press: () => Promise<unknown>): Promise<string[]> {
  const files = await unpacked((await downloaded(page, press)).bytes)
  return [...files.keys()].filter(name => name !== 'report.txt').toSorted()
}

/** Moves the keyboard's focus forward to an element. @throws Error where it does not come there */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 100; presses++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${target}`)
}
