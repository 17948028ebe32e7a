import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import type { BackEnd } from '#test/back-end.ts'
import { BACK_ENDS } from '#test/back-ends.ts'
import { drop, listenIn, reach, rowOf } from '#test/browser.ts'
import { textNamedPptx } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { eventfulDeck } from '#test/documents/eventful.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { freezeOffices } from '#test/offices.ts'
import { pageCount } from '#test/pdf.ts'
import { unpacked } from '#test/unpacked.ts'
import { until } from '#test/until.ts'

const SLOTS = 2

for (const backEnd of BACK_ENDS)
  describe(`a person at the page, over ${backEnd.name}`, { skip: backEnd.skip }, () =>
    aPersonAtThePage(backEnd),
  )

function aPersonAtThePage(backEnd: BackEnd): void {
  const here = instanceAndBrowser({ backEnd, env: { SLOTS: String(SLOTS) } })
  let page: Page

  const visit = async (options = {}) => {
    page = await here.browser.newPage(options)
    return page
  }
  const download = async (name: string) => {
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      rowOf(page, name)
        .getByRole('link', { name: /Download/ })
        .click(),
    ])
    return { name: saved.suggestedFilename(), bytes: await readFile(await saved.path()) }
  }

  it('drops two decks, sees bars that the server pushes, downloads both PDFs, one by one and as one archive', async t => {
    await visit()
    const heard = listenIn(page)
    await page.goto(here.instance.url)
    await page.getByText('Live', { exact: true }).waitFor()
    const goOn = await freezeOffices(here.instance, SLOTS)
    t.after(goOn)
    await drop(page, [
      { name: 'Quarterly review.pptx', bytes: await deck({ slides: 5 }) },
      { name: 'Onboarding.pptx', bytes: await deck({ slides: 12 }) },
    ])
    const names = ['Quarterly review.pptx', 'Onboarding.pptx']
    for (const name of names) {
      await reach(page, name, 'running')
      await rowOf(page, name).getByRole('progressbar').waitFor()
    }
    goOn()
    for (const name of names) await reach(page, name, 'completed')
    assert.ok(heard.events.includes('progress') && heard.events.includes('job'))
    assert.deepEqual(heard.statusRequests, [])

    const first = await download('Quarterly review.pptx')
    assert.equal(first.name, 'Quarterly review.pdf')
    assert.equal(await pageCount(first.bytes), 5)
    assert.equal(await pageCount((await download('Onboarding.pptx')).bytes), 12)
    await page.reload()
    await reach(page, 'Onboarding.pptx', 'completed')

    const batch = page.locator('li[data-batch]')
    const saving = page.waitForEvent('download')
    await batch.getByRole('link', { name: 'Download all' }).click()
    const saved = await saving
    assert.match(saved.suggestedFilename(), /^nightshift-\d{4}-\d\d-\d\d\.zip$/)
    const files = await unpacked(await readFile(await saved.path()))
    assert.deepEqual(files.get('Quarterly review.pdf'), first.bytes)
    assert.ok(files.has('Onboarding.pdf'))
    await batch.getByRole('button', { name: 'Delete all' }).click()
    await page.getByText('2 files are deleted.').waitFor()
    assert.equal(await page.locator('li[data-state]').count(), 0)
  })

  it('sees slides counted, a bar that only grows, and the first page before the end', async () => {
    await visit()
    await page.goto(here.instance.url)
    await page.evaluate(() => {
      const seen: string[] = []
      Object.assign(globalThis, { seen })
      new MutationObserver(() => {
        const row = document.querySelector('li[data-state="running"]')
        if (!row) return
        const percent = row.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? ''
        seen.push(
          `${row.querySelector('.say')?.textContent}|${percent}|${row.querySelector('img') ? 'picture' : ''}`,
        )
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    })
    await drop(page, [{ name: 'Counted.pptx', bytes: await deck({ slides: 400 }) }])
    await reach(page, 'Counted.pptx', 'completed')
    const seen = (await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)).map(s =>
      s.split('|'),
    )
    const slides = seen.flatMap(
      ([say]) => Number(/^Slide (\d+) of 400/.exec(say ?? '')?.[1] ?? Number.NaN) || [],
    )
    assert.ok(new Set(slides).size >= 3, `slides seen: ${slides}`)
    const percents = seen.flatMap(([, percent]) => (percent ? [Number(percent)] : []))
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    )
    assert.ok(
      seen.some(([say, , picture]) => picture && /^Slide/.test(say ?? '')),
      'the picture came while slides were counted',
    )
    const picture = rowOf(page, 'Counted.pptx').locator('img')
    assert.ok(await picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 100))
  })

  it('reads what is wrong with a locked file and a text named .pptx, and what to do', async () => {
    await visit()
    await page.goto(here.instance.url)
    await drop(page, [
      { name: 'Salaries.pptx', bytes: await lockedDeck() },
      { name: 'notes.pptx', bytes: textNamedPptx() },
    ])
    const locked = rowOf(page, 'Salaries.pptx')
    await locked.getByText('This file is locked with a password.').waitFor()
    await locked.getByText('Enter its password to convert it.').waitFor()
    await rowOf(page, 'notes.pptx').getByText('it is a plain text named .pptx').waitFor()
  })

  it('follows a job by its link, through a reload, and without JavaScript', async t => {
    await visit()
    await page.goto(here.instance.url)
    const bytes = await deck({ slides: 3, font: 'Nowhere Grotesk' })
    await drop(page, [{ name: 'Linked.pptx', bytes }])
    const link = rowOf(page, 'Linked.pptx').and(page.locator('[data-job]'))
    await link.waitFor()
    const path = `/jobs/${await link.getAttribute('data-job')}`

    const other = await here.browser.newContext()
    const stranger = await other.newPage()
    await stranger.goto(here.instance.url + path)
    await stranger.reload()
    await stranger.getByRole('link', { name: /Download/ }).waitFor({ timeout: 60_000 })
    await stranger.getByText('3 pages').first().waitFor()
    await stranger.getByText('Nowhere Grotesk is not installed on the server').waitFor()
    await rowOf(page, 'Linked.pptx').getByText('Nowhere Grotesk is not installed on the server').waitFor()
    const erase = (where: Page) => where.getByRole('button', { name: /Delete/ })
    assert.equal(await erase(stranger).count(), 0, 'a link lets look and download')
    await page.goto(here.instance.url + path)
    await erase(page).waitFor()
    await page.getByText('Look at the result here').click()
    await until('the browser’s viewer shows it', () =>
      page.frames().some(frame => frame.url().startsWith('chrome-extension://')),
    )
    await page.getByText('The same from a terminal').click()
    const command = await page.locator('.command').innerText()
    const folder = await mkdtemp(join(tmpdir(), 'nightshift-curl-'))
    t.after(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'Linked.pptx'), bytes)
    await promisify(execFile)('sh', ['-c', command], { cwd: folder })
    assert.equal(await pageCount(await readFile(join(folder, 'Linked.pdf'))), 3)

    const plain = await (await here.browser.newContext({ javaScriptEnabled: false })).newPage()
    await plain.goto(here.instance.url + path)
    await plain.getByText('Linked.pptx').first().waitFor()
    await plain.getByText('Nowhere Grotesk is not installed on the server').waitFor()
    assert.ok(await plain.getByRole('link', { name: /Download/ }).getAttribute('href'))
    await plain.getByRole('heading', { name: 'What happened' }).waitFor()
    await plain.getByText(/^Completed, [\d.]+\ss in all$/).waitFor()
    assert.equal(await plain.getByText('Convert to something else').isVisible(), false)
    const frame = plain.locator('iframe')
    assert.equal(await frame.isVisible(), false)
    await plain.getByText('Look at the result here').click()
    await frame.waitFor()
    const unknown = await plain.goto(`${here.instance.url}/jobs/00000000-0000-4000-8000-000000000000`)
    assert.equal(unknown?.status(), 404)
  })

  it('sees the picture and the result come on the page of a job, and nothing there moves', async t => {
    await visit()
    await page.addInitScript(() => {
      const moved: string[] = []
      Object.assign(globalThis, { moved })
      new PerformanceObserver(list => {
        for (const { sources } of list.getEntries() as unknown as { sources: { node?: Element }[] }[])
          moved.push(...sources.map(({ node }) => node?.className ?? ''))
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(here.instance.url)
    const goOn = await freezeOffices(here.instance, SLOTS)
    t.after(goOn)
    await drop(page, [{ name: 'Steady.pptx', bytes: await deck({ slides: 60 }) }])
    await reach(page, 'Steady.pptx', 'running')
    await page.goto(`${here.instance.url}/jobs/${await rowOf(page, 'Steady.pptx').getAttribute('data-job')}`)
    await page.locator('.preview .chip').waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    goOn()
    await page.locator('.preview img').waitFor({ timeout: 60_000 })
    await page.locator('article[data-state="completed"]').waitFor({ timeout: 60_000 })
    await page.getByText(/^Completed, .* in all$/).waitFor()
    const moved = await page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved)
    // The foot of the page is below all that the job gets.
    assert.deepEqual(
      moved.filter(name => name !== 'languages'),
      [],
    )
  })

  it('sees in amber which result lacks something or looks otherwise, what that is and what to do, and the rest on its page', async () => {
    await visit()
    await page.goto(here.instance.url)
    await drop(page, [
      { name: 'Lossy.pptx', bytes: await eventfulDeck() },
      { name: 'Changed.pptx', bytes: await deck({ slides: 1, font: 'Nowhere Sans' }) },
      { name: 'Whole.pptx', bytes: await deck({ slides: 1 }) },
    ])
    for (const name of ['Lossy.pptx', 'Changed.pptx', 'Whole.pptx']) await reach(page, name, 'completed')
    const amber = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'))
      probe.className = 'say wait'
      return getComputedStyle(probe).color
    })
    const color = (name: string) =>
      rowOf(page, name)
        .locator('.say')
        .evaluate(say => getComputedStyle(say).color)
    assert.equal(await color('Lossy.pptx'), amber)
    assert.equal(await color('Changed.pptx'), amber)
    const changed = rowOf(page, 'Changed.pptx').locator('.note.changed')
    await changed.getByText('Nowhere Sans is not installed on the server').waitFor()
    assert.equal(await changed.evaluate(note => getComputedStyle(note).color), amber)
    assert.notEqual(await color('Whole.pptx'), amber)
    const row = rowOf(page, 'Lossy.pptx')
    await row.getByText('1 picture or object that lies outside the document was not fetched.').waitFor()
    await row.getByText('Embed what is linked').waitFor()
    await row.getByRole('link', { name: 'Lossy.pptx' }).click()
    const notes = page.locator('.report-notes [data-note]')
    await notes.first().waitFor()
    const codes = await notes.evaluateAll(all => all.map(each => each.getAttribute('data-note')))
    assert.deepEqual(codes.slice(0, 4), [
      'linked_content_not_fetched',
      'media_left_out',
      'hidden_slides_left_out',
      'macros_not_run',
    ])
  })

  it('uses the page on a phone, light and dark, without a sideways scroll', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await visit({ viewport: { width: 390, height: 844 }, colorScheme })
      await page.goto(here.instance.url)
      await until('the page is there', () => page.getByRole('heading', { level: 1 }).isVisible())
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    }
  })
}
