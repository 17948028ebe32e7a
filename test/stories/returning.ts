import assert from 'node:assert/strict'
import { drop } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { click, seeState } from './acts.ts'
import { openPage, type Scene, type Story } from './story.ts'

/** What a page keeps of somebody. */
export const RETURNING_STORIES: readonly Story[] = [
  { title: 'finds an upload again after a reload, and it goes on', run: reloadDuringUpload },
  { title: 'chooses a language, which stays', language: 'de', run: chooseLanguage },
]

async function reloadDuringUpload(scene: Scene): Promise<void> {
  const { page } = scene
  await openPage(scene)
  // None of it arrives before the reload.
  let holdsUploads = true
  await page.setRequestInterception(true)
  page.on('request', request => {
    if (!holdsUploads || !request.url().includes('/api/uploads')) void request.continue()
  })
  await drop(page, [{ name: 'Film night.pptx', bytes: await deck({ slides: 2 }) }])
  await seeState(page, 'Film night.pptx', 'uploading')
  holdsUploads = false
  await page.reload()
  await seeState(page, 'Film night.pptx', 'completed')
}

async function chooseLanguage(scene: Scene): Promise<void> {
  const { page } = scene
  await openPage(scene)
  const language = () => page.$eval('html', html => html.lang)
  assert.equal(await language(), 'de')
  await click(page, 'a::-p-text(العربية)')
  await page.waitForSelector('html[lang="ar"][dir="rtl"]')
  await page.reload()
  assert.equal(await language(), 'ar')
}
