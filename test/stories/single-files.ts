import assert from 'node:assert/strict'
import { drop, rowSelector } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { freezeOffices } from '#test/offices.ts'
import { pageCount, pageText } from '#test/pdf.ts'
import { click, downloaded, fill, inRow, seeState } from './acts.ts'
import { openPage, type Scene, SLOTS, type Story } from './story.ts'

/** What people do with one file. */
export const FILE_STORIES: readonly Story[] = [
  { title: 'drops a deck, sees a bar, downloads the PDF', run: convertOne },
  { title: 'types the password of a locked file, after a wrong one', run: unlock },
  { title: 'cancels a job and tries it again', run: cancelAndRetry },
]

const download = (scene: Scene, name: string) =>
  downloaded(scene, () => click(scene.page, inRow(name, 'a', 'Download')))

async function convertOne(scene: Scene): Promise<void> {
  const { page, instance } = scene
  await openPage(scene)
  const goOn = await freezeOffices(instance, SLOTS)
  try {
    await drop(page, [{ name: 'Review.pptx', bytes: await deck({ slides: 5 }) }])
    await seeState(page, 'Review.pptx', 'running')
    await page.waitForSelector(`${rowSelector('Review.pptx')} [role="progressbar"]`)
  } finally {
    goOn()
  }
  await seeState(page, 'Review.pptx', 'completed')
  const { name, bytes } = await download(scene, 'Review.pptx')
  assert.equal(name, 'Review.pdf')
  assert.equal(await pageCount(bytes), 5)
}

async function unlock(scene: Scene): Promise<void> {
  const { page } = scene
  await openPage(scene)
  const name = 'Salaries.pptx'
  await drop(page, [{ name, bytes: await lockedDeck({ password: 'right' }) }])
  for (const password of ['wrong', 'right']) {
    // By accessible name Firefox finds the label itself.
    await fill(page, `${rowSelector(name)} label + input[type="password"]`, password)
    await page.keyboard.press('Enter')
    if (password === 'wrong')
      await page.waitForSelector(inRow(name, '', 'This password does not open the file.'))
  }
  await seeState(page, name, 'completed')
  assert.match(await pageText((await download(scene, name)).bytes), /Locked: slide 1 of 1/)
}

async function cancelAndRetry(scene: Scene): Promise<void> {
  const { page, instance } = scene
  await openPage(scene)
  const goOn = await freezeOffices(instance, SLOTS)
  try {
    await drop(page, [{ name: 'Long.pptx', bytes: await deck({ slides: 30 }) }])
    await seeState(page, 'Long.pptx', 'running')
    await click(page, inRow('Long.pptx', 'button', 'Cancel'))
    await seeState(page, 'Long.pptx', 'cancelled')
  } finally {
    goOn()
  }
  await click(page, inRow('Long.pptx', 'button', 'Try again'))
  await seeState(page, 'Long.pptx', 'completed')
  assert.equal(await pageCount((await download(scene, 'Long.pptx')).bytes), 30)
}
