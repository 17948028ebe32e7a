import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rowSelector } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { freezeOffices } from '#test/offices.ts'
import { choose, click, inRow, namesInZip, pressByKeyboard, seeState } from './acts.ts'
import { openPage, type Scene, SLOTS, type Story } from './story.ts'

/** What people do with many files. */
export const FOLDER_STORIES: readonly Story[] = [
  {
    title: 'a stranger converts a folder of decks on a window of 390 pixels, without opening the options',
    viewport: { width: 390, height: 844 },
    run: convertFolder,
  },
  {
    title: 'by keyboard alone, somebody cancels one, tries it again, and downloads all',
    run: byKeyboard,
  },
]

const DOWNLOAD_ALL = 'a::-p-text(Download all)'

/** Decks by their paths. */
async function decksIn(folder: string, paths: readonly string[]): Promise<string[]> {
  const files = paths.map(path => join(folder, path))
  for (const file of files) {
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, await deck({ slides: 2 }))
  }
  return files
}

/** Chooses a folder; gives what its results are called in an archive. */
async function chooseFolder({ page, folder, browser, remark }: Scene): Promise<string[]> {
  const decks = ['2026/Closing', '2026/Keynote', 'Opening']
  const talks = join(folder, 'Talks')
  const paths = await decksIn(
    talks,
    decks.map(name => `${name}.pptx`),
  )
  if (browser.takesFolders) {
    await choose(page, () => click(page, 'button::-p-text(or a folder)'), [talks])
    return decks.map(name => `Talks/${name}.pdf`)
  }
  remark(
    'all decks of the folder were chosen instead of it: nothing can hand a folder to this browser’s picker',
  )
  await choose(page, () => click(page, 'button::-p-text(Choose files)'), paths)
  return decks.map(name => `${name.replace('2026/', '')}.pdf`)
}

async function convertFolder(scene: Scene): Promise<void> {
  const { page } = scene
  await openPage(scene)
  const results = await chooseFolder(scene)
  for (const name of ['Opening.pptx', 'Closing.pptx', 'Keynote.pptx']) await seeState(page, name, 'completed')
  assert.deepEqual(await namesInZip(scene, () => click(page, DOWNLOAD_ALL)), results)
  assert.equal(await page.$('.drop details[open]'), null)
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
}

async function byKeyboard(scene: Scene): Promise<void> {
  const { page, instance, folder } = scene
  await openPage(scene)
  const names = ['One.pptx', 'Two.pptx', 'Three.pptx']
  const files = await decksIn(folder, names)
  const goOn = await freezeOffices(instance, SLOTS)
  try {
    await choose(page, () => pressByKeyboard(page, 'button::-p-text(Choose files)'), files)
    for (const name of names) await page.waitForSelector(`${rowSelector(name)}[data-job]`)
    await pressByKeyboard(page, inRow('Two.pptx', 'button', 'Cancel'))
    await seeState(page, 'Two.pptx', 'cancelled')
  } finally {
    goOn()
  }
  await pressByKeyboard(page, inRow('Two.pptx', 'button', 'Try again'))
  for (const name of names) await seeState(page, name, 'completed')
  const zip = await namesInZip(scene, () => pressByKeyboard(page, DOWNLOAD_ALL))
  assert.deepEqual(zip, ['One.pdf', 'Three.pdf', 'Two.pdf'])
}
