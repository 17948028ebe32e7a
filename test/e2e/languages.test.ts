import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { PAGE_LANGUAGES, type PageLanguage } from '#app/page-language.ts'
import { drop, reach, rowOf } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'

const TITLES: Record<PageLanguage, RegExp> = {
  en: /^Drop files to turn them into PDF/,
  de: /^Dateien ablegen, um sie in PDF umzuwandeln/,
  zh: /^将文件拖到这里，转换为 PDF/,
  ar: /^أفلت الملفات هنا لتحويلها إلى PDF/,
}

describe('a person who reads another language', () => {
  const here = instanceAndBrowser()

  /** The home page, and what went wrong in it. */
  const open = async (options: BrowserContextOptions) => {
    const page = await (await here.browser.newContext(options)).newPage()
    const wrong: string[] = []
    page.on('pageerror', error => wrong.push(error.message))
    page.on('console', message => message.type() === 'error' && wrong.push(message.text()))
    await page.goto(here.instance.url)
    return { page, wrong }
  }
  const html = (page: Page) =>
    page.locator('html').evaluate(element => ['lang', 'dir'].map(name => element.getAttribute(name)))

  for (const language of Object.keys(PAGE_LANGUAGES) as PageLanguage[])
    it(`gets the page in ${language} by what the browser asks for`, async () => {
      const { page, wrong } = await open({ locale: language })
      assert.deepEqual(await html(page), [language, PAGE_LANGUAGES[language].dir])
      await page.getByRole('heading', { level: 1, name: TITLES[language] }).waitFor()
      await page.locator('[data-link="live"]').waitFor()
      const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      assert.ok(!isWider, 'nothing sticks out')
      assert.deepEqual(wrong, [])
      await page.context().close()
    })

  it('follows a job in it, and reads why a file is refused', async () => {
    const { page, wrong } = await open({ locale: 'de-AT' })
    await page.locator('[data-link="live"]').waitFor()
    await drop(page, [
      { name: 'Bericht.pptx', bytes: await deck({ slides: 2, title: 'Bericht' }) },
      { name: 'Leer.pptx', bytes: Buffer.alloc(0) },
    ])
    await reach(page, 'Bericht.pptx', 'completed')
    await rowOf(page, 'Bericht.pptx').getByText('Fertig, ').waitFor()
    await rowOf(page, 'Bericht.pptx').getByRole('link', { name: 'PDF herunterladen' }).waitFor()
    await rowOf(page, 'Leer.pptx').getByText('Diese Datei ist leer.').waitFor()
    assert.deepEqual(wrong, [])
    await page.context().close()
  })

  it('chooses one on the page without JavaScript, and keeps it', async () => {
    const { page } = await open({ locale: 'fr-FR', javaScriptEnabled: false })
    assert.deepEqual(await html(page), ['en', 'ltr'])
    await page.getByRole('link', { name: 'العربية' }).click()
    assert.deepEqual(await html(page), ['ar', 'rtl'])
    assert.equal(new URL(page.url()).search, '')
    for (const path of ['/nothing', '/jobs/1', `/jobs/${randomUUID()}`]) {
      assert.equal((await page.goto(here.instance.url + path))?.status(), 404)
      assert.deepEqual(await html(page), ['ar', 'rtl'])
      await page.getByRole('heading', { name: 'لا يوجد شيء هنا' }).waitFor()
    }
    await page.context().close()
  })

  it('gets the texts of no other language', async () => {
    const text = await (await fetch(here.instance.url, { headers: { 'Accept-Language': 'en' } })).text()
    assert.match(text, /Clear finished/)
    assert.doesNotMatch(text, /wegräumen|清除|إخفاء المنتهية/)
  })
})
