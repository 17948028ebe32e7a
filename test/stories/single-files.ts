import assert from 'node:assert/strict'
import { drop, reach, rowOf } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { freezeOffices } from '#test/offices.ts'
import { pageCount, pageText } from '#test/pdf.ts'
import { downloaded, openPage, type Scene, SLOTS, type Story } from './story.ts'

/** What people do with one file. */
export const FILE_STORIES: readonly Story[] = [
  { title: 'drops a deck, sees a bar, downloads the PDF', run: convertOne },
  { title: 'types the password of a locked file, after a wrong one', run: unlock },
  { title: 'cancels a job and tries it again', run: cancelAndRetry },
]

const download = ({ page }: Scene, name: string) =>
  downloaded(page, () =>
    rowOf(page, name)
      .getByRole('link', { name: /Download/ })
      .click(),
  )

async function convertOne(scene: Scene): Promise<void> {
  const { page, instance } = scene
  await openPage(scene)
  const goOn = await freezeOffices(instance, SLOTS)
  try {
    await drop(page, [{ name: 'Review.pptx', bytes: await deck({ slides: 5 }) }])
    await reach(page, 'Review.pptx', 'running')
    await rowOf(page, 'Review.pptx').getByRole('progressbar').waitFor()
  } finally {
    goOn()
  }
  await reach(page, 'Review.pptx', 'completed')
  const { name, bytes } = await download(scene, 'Review.pptx')
  assert.equal(name, 'Review.pdf')
  assert.equal(await pageCount(bytes), 5)
}

async function unlock(scene: Scene): Promise<void> {
  const { page } = scene
  await openPage(scene)
  await drop(page, [{ name: 'Salaries.pptx', bytes: await lockedDeck({ password: 'right' }) }])
  const row = rowOf(page, 'Salaries.pptx')
  for (const password of ['wrong', 'right']) {
    await row.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    if (password === 'wrong') await row.getByText('This password does not open the file.').waitFor()
  }
  await reach(page, 'Salaries.pptx', 'completed')
  assert.match(await pageText((await download(scene, 'Salaries.pptx')).bytes), /Locked: slide 1 of 1/)
}

async function cancelAndRetry(scene: Scene): Promise<void> {
  const { page, instance } = scene
  await openPage(scene)
  const goOn = await freezeOffices(instance, SLOTS)
  try {
    await drop(page, [{ name: 'Long.pptx', bytes: await deck({ slides: 30 }) }])
    await reach(page, 'Long.pptx', 'running')
    await rowOf(page, 'Long.pptx')
      .getByRole('button', { name: /Cancel/ })
      .click()
    await reach(page, 'Long.pptx', 'cancelled')
  } finally {
    goOn()
  }
  await rowOf(page, 'Long.pptx').getByRole('button', { name: /again/i }).click()
  await reach(page, 'Long.pptx', 'completed')
  assert.equal(await pageCount((await download(scene, 'Long.pptx')).bytes), 30)
}
