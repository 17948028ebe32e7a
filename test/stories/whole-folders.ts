import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { reach, rowOf } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { freezeOffices } from '#test/offices.ts'
import { namesInZip, openPage, type Scene, SLOTS, type Story, tabTo } from './story.ts'

/** What people do with many files. */
export const FOLDER_STORIES: readonly Story[] = [
  {
    title: 'a stranger converts a folder of decks on a window of 390 pixels, without opening the options',
    browser: { viewport: { width: 390, height: 844 } },
    run: convertFolder,
  },
  {
    title: 'by keyboard alone, somebody cancels one, tries it again, and downloads all',
    run: byKeyboard,
  },
]

/** Decks by their paths. */
async function decksIn(folder: string, paths: readonly string[]): Promise<string[]> {
  const files = paths.map(path => join(folder, path))
  for (const file of files) {
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, await deck({ slides: 2 }))
  }
  return files
}

async function choose(page: Page, press: () => Promise<unknown>, files: string | string[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press()])
  await chooser.setFiles(files)
}

async function convertFolder(scene: Scene): Promise<void> {
  const { page, folder } = scene
  await openPage(scene)
  await decksIn(folder, ['Talks/Opening.pptx', 'Talks/2026/Closing.pptx', 'Talks/2026/Keynote.pptx'])
  await choose(page, () => page.getByRole('button', { name: 'or a folder' }).click(), join(folder, 'Talks'))
  for (const name of ['Opening.pptx', 'Closing.pptx', 'Keynote.pptx']) await reach(page, name, 'completed')
  const all = page.getByRole('link', { name: 'Download all' })
  assert.deepEqual(await namesInZip(page, () => all.click()), [
    'Talks/2026/Closing.pdf',
    'Talks/2026/Keynote.pdf',
    'Talks/Opening.pdf',
  ])
  assert.equal(await page.locator('.drop details[open]').count(), 0)
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
}

async function byKeyboard(scene: Scene): Promise<void> {
  const { page, instance, folder } = scene
  await openPage(scene)
  const press = async (target: ReturnType<Page['locator']>) => {
    await tabTo(page, target)
    await page.keyboard.press('Enter')
  }
  const names = ['One.pptx', 'Two.pptx', 'Three.pptx']
  const files = await decksIn(folder, names)
  const goOn = await freezeOffices(instance, SLOTS)
  try {
    await choose(page, () => press(page.getByRole('button', { name: 'Choose files' })), files)
    for (const name of names) await rowOf(page, name).and(page.locator('[data-job]')).waitFor()
    await press(rowOf(page, 'Two.pptx').getByRole('button', { name: /^Cancel/ }))
    await reach(page, 'Two.pptx', 'cancelled')
  } finally {
    goOn()
  }
  await press(rowOf(page, 'Two.pptx').getByRole('button', { name: /^Try again/ }))
  for (const name of names) await reach(page, name, 'completed')
  const zip = await namesInZip(page, () => press(page.getByRole('link', { name: 'Download all' })))
  assert.deepEqual(zip, ['One.pdf', 'Three.pdf', 'Two.pdf'])
}
