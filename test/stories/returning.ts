import assert from 'node:assert/strict'
import { drop, reach } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { openPage, type Scene, type Story } from './story.ts'

/** What a page keeps of somebody. */
export const RETURNING_STORIES: readonly Story[] = [
  { title: 'finds an upload again after a reload, and it goes on', run: reloadDuringUpload },
  { title: 'chooses a language, which stays', run: chooseLanguage, browser: { locale: 'de' } },
]

async function reloadDuringUpload(scene: Scene): Promise<void> {
  const { page } = scene
  await openPage(scene)
  // None of it arrives before the reload.
  await page.route('**/api/uploads**', () => {})
  await drop(page, [{ name: 'Film night.pptx', bytes: await deck({ slides: 2 }) }])
  await reach(page, 'Film night.pptx', 'uploading')
  await page.unroute('**/api/uploads**')
  await page.reload()
  await reach(page, 'Film night.pptx', 'completed')
}

async function chooseLanguage(scene: Scene): Promise<void> {
  const { page } = scene
  await openPage(scene)
  const language = () => page.locator('html').getAttribute('lang')
  assert.equal(await language(), 'de')
  await page.getByRole('link', { name: 'العربية' }).click()
  await page.locator('html[lang="ar"][dir="rtl"]').waitFor()
  await page.reload()
  assert.equal(await language(), 'ar')
}
