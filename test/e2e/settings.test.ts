import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { drop, reach, rowOf } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { sheet } from '#test/documents/sheet.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { dumpOf, filesWith } from '#test/kept-text.ts'
import { freezeOffices } from '#test/offices.ts'
import { pageCount, pageText } from '#test/pdf.ts'

const SLOTS = 2

describe('a person who wants something special', () => {
  const here = instanceAndBrowser({ env: { SLOTS: String(SLOTS) } })
  let page: Page

  before(async () => {
    page = await here.browser.newPage()
    page.on('dialog', dialog => dialog.accept())
    await page.goto(here.instance.url)
    await page.getByText('Live', { exact: true }).waitFor()
  })

  const heading = (text: string) => page.getByRole('heading', { level: 1, name: text }).waitFor()
  const chip = (name: string) => page.getByRole('button', { name, exact: true })
  const openOptions = async (...titles: string[]) => {
    for (const title of ['Options', ...titles]) {
      // Its fields come once it is opened.
      await page.locator('details > summary', { hasText: title }).first().waitFor()
      const summary = page.locator('details:not([open]) > summary', { hasText: title })
      if (await summary.count()) await summary.first().click()
    }
  }
  const download = async (name: string) => {
    await reach(page, name, 'completed')
    const link = rowOf(page, name).getByRole('link', { name: /Download/ })
    // By keyboard: a second click at one place within a second would not count.
    const [saved] = await Promise.all([page.waitForEvent('download'), link.press('Enter')])
    return { name: saved.suggestedFilename(), bytes: await readFile(await saved.path()) }
  }
  const optionsOf = async (name: string) => {
    const id = await rowOf(page, name).getAttribute('data-job')
    return (await (await fetch(`${here.instance.url}/api/jobs/${id}`)).json()).options
  }

  it('sends with each file of a drop only the options that have an effect for it', async () => {
    await openOptions('Some kinds of files')
    await page.getByLabel('Pages', { exact: true }).fill('2')
    await page.getByLabel('Hidden slides').check()
    await page.getByLabel('Landscape').check()
    await page.getByText('Looks the same everywhere. Pages 2, hidden slides, landscape.').waitFor()
    await drop(page, [
      { name: 'Review.pptx', bytes: await deck({ slides: 3, title: 'Review' }) },
      { name: 'Budget.xlsx', bytes: await sheet({ rows: 200, title: 'Budget' }) },
    ])
    const review = await download('Review.pptx')
    assert.deepEqual(await optionsOf('Review.pptx'), { pages: '2', hiddenSlides: true })
    assert.equal(await pageCount(review.bytes), 1)
    assert.match(await pageText(review.bytes), /slide 2 of 3/)
    assert.equal(await pageCount((await download('Budget.xlsx')).bytes), 1)
    assert.deepEqual(await optionsOf('Budget.xlsx'), { pages: '2', landscape: true })
  })

  it('reads on the spot what a value must be, and no file is sent with a wrong one', async () => {
    await page.getByLabel('Pages', { exact: true }).fill('0-3')
    await page.getByLabel('Watermark').focus()
    await page.getByText('Must be page numbers such as 1-3,7 or 7,3-1, each named once, or “all”.').waitFor()
    assert.equal(await page.getByLabel('Pages', { exact: true }).getAttribute('aria-invalid'), 'true')
    await drop(page, [{ name: 'Wrong.pptx', bytes: await deck({ slides: 1 }) }])
    await rowOf(page, 'Wrong.pptx').getByText('The option “Pages” must be page numbers').waitFor()
    await page.getByRole('button', { name: 'Reset all options' }).click()
    const wrong = rowOf(page, 'Wrong.pptx')
    await wrong.getByRole('button', { name: 'Send again with…' }).click()
    await wrong.getByLabel('Pages', { exact: true }).fill('1')
    await wrong.getByRole('button', { name: 'Send again', exact: true }).click()
    await reach(page, 'Wrong.pptx', 'completed')
    // It keeps the others that it was sent with.
    assert.deepEqual(await optionsOf('Wrong.pptx'), { pages: '1', hiddenSlides: true })
  })

  it('chooses a preset, finds it again after a reload, and gets an archive', async () => {
    await chip('Archive').click()
    await heading('Drop files to turn them into PDF/A-2b')
    await page.reload()
    await heading('Drop files to turn them into PDF/A-2b')
    assert.equal(await chip('Archive').getAttribute('aria-pressed'), 'true')
    await drop(page, [{ name: 'Minutes.docx', bytes: await letter({ pages: 1, title: 'Minutes' }) }])
    const { name, bytes } = await download('Minutes.docx')
    assert.equal(name, 'Minutes.pdf')
    assert.match(bytes.toString('latin1'), /<pdfaid:part>2</)
  })

  it('gets another format, and says before a file is sent what it becomes that does not offer it', async () => {
    await page.getByLabel('Into').selectOption('odt')
    let sent = 0
    page.on('request', request => {
      if (request.method() !== 'GET') sent += 1
    })
    const panel = page.getByRole('region', { name: 'This file cannot become OpenDocument text' })
    const slides = [{ name: 'Slides.pptx', bytes: await deck({ slides: 1 }) }]
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await drop(page, slides)
    await panel.waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    assert.equal(await focused(), 'Choose files')
    await drop(page, slides)
    await panel.getByLabel('PowerPoint presentation').selectOption('odp')
    await drop(page, [{ name: 'Holiday.mp4', bytes: Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0') }])
    await rowOf(page, 'Holiday.mp4').getByText('Files of this kind (a film or sound)').waitFor()
    assert.equal(sent, 0)
    await panel.getByRole('button', { name: 'Convert 1 file' }).press('Enter')
    assert.equal(await focused(), 'Choose files')
    assert.equal((await download('Slides.pptx')).name, 'Slides.odp')
    // What a file without an extension is, only the server can tell.
    await drop(page, [{ name: 'Untitled', bytes: await deck({ slides: 1 }) }])
    const refused = rowOf(page, 'Untitled')
    await refused.getByText('A PowerPoint presentation cannot become OpenDocument text (odt).').waitFor()
    await refused.getByRole('button', { name: 'OpenDocument presentation', exact: true }).click()
    assert.equal((await download('Untitled')).name, 'Untitled.odp')
    await drop(page, [{ name: 'Letter.docx', bytes: await letter({ pages: 1 }) }])
    const { name, bytes } = await download('Letter.docx')
    assert.equal(name, 'Letter.odt')
    assert.match(bytes.toString('latin1', 0, 100), /application\/vnd\.oasis\.opendocument\.text/)
  })

  it('says what each kind of a mixed drop becomes, before anything of it is sent', async () => {
    await drop(page, [
      { name: 'Mixed.pptx', bytes: await deck({ slides: 1 }) },
      { name: 'Mixed.docx', bytes: await letter({ pages: 1 }) },
      { name: 'Mixed.pdf', bytes: Buffer.from('%PDF-1.7') },
    ])
    const panel = page.getByRole('region', { name: 'Not all of these files can become OpenDocument text' })
    await panel.getByLabel('PowerPoint presentation').selectOption('png')
    await panel.getByRole('listitem').filter({ hasText: 'This is a PDF already.' }).waitFor()
    assert.equal(await rowOf(page, 'Mixed.docx').count(), 0)
    await panel.getByRole('button', { name: 'Convert 2 files' }).click()
    assert.equal((await download('Mixed.pptx')).name, 'Mixed.png')
    assert.equal((await download('Mixed.docx')).name, 'Mixed.odt')
    assert.equal(await rowOf(page, 'Mixed.pdf').count(), 0)
    assert.equal(await panel.count(), 0)
  })

  it('keeps settings under a name of its own, and forgets it again', async () => {
    await page.getByLabel('Into').selectOption('pdf')
    await openOptions()
    await page.getByLabel('Watermark').fill('Draft')
    const save = async (name: string) => {
      await page.getByLabel('Name', { exact: true }).fill(name)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
    }
    await page.getByRole('button', { name: 'Save as preset…' }).click()
    await save('Print')
    await page.getByText('“Print” is the name of a preset that comes with Nightshift.').waitFor()
    await save('For review')
    await chip('For review').waitFor()
    await page.reload()
    await chip('E-mail').click()
    await chip('For review').click()
    await page.getByText('Your own: PDF, watermark Draft.').waitFor()
    await page.getByRole('button', { name: 'Delete the preset “For review”' }).click()
    await chip('For review').waitFor({ state: 'detached' })
  })

  it('is offered no merge of results that only a password opens', async () => {
    await openOptions('Passwords and permissions')
    await page.getByLabel('Password of the PDF').fill('open sesame')
    const names = ['One.pptx', 'Two.pptx']
    await drop(page, await Promise.all(names.map(async name => ({ name, bytes: await deck({ slides: 1 }) }))))
    for (const name of names) await reach(page, name, 'completed')
    const batch = page.locator('li[data-batch]').first()
    await batch.getByRole('link', { name: 'Download all' }).waitFor()
    assert.equal(await batch.getByRole('button', { name: 'Merge' }).count(), 0)
    await page.getByRole('button', { name: 'Reset all options' }).click()
  })

  it('types the password of a locked file into its row, which the server keeps nowhere in plain text', async t => {
    const [wrong, right] = ['wrong-7f3a91', 'right-c04e55']
    let sent = 0
    page.on('request', request => {
      if (request.method() === 'POST' && request.url().endsWith('/api/uploads')) sent++
    })
    await drop(page, [
      { name: 'Open.pptx', bytes: await deck({ slides: 1 }) },
      { name: 'Salaries.pptx', bytes: await lockedDeck({ password: right }) },
    ])
    const row = rowOf(page, 'Salaries.pptx')
    const type = async (password: string) => {
      await row.getByLabel('Password').fill(password)
      await page.keyboard.press('Enter')
    }
    const isKept = async (text: string) => {
      const { databaseUrl } = here.instance.instance()
      assert.ok(databaseUrl)
      const dump = await dumpOf(databaseUrl)
      assert.match(dump, /Salaries\.pptx/)
      const kept = [dump, here.instance.output()].some(all => all.includes(text))
      return kept || (await filesWith(here.dataDir, text)).length > 0
    }
    await reach(page, 'Open.pptx', 'completed')
    await type(wrong)
    await row.getByText('This password does not open the file.').waitFor()
    await row.getByText('Tries left: 5.').waitFor()
    assert.equal(await isKept(wrong), false)

    const goOn = await freezeOffices(here.instance, SLOTS)
    t.after(goOn)
    await type(right)
    await reach(page, 'Salaries.pptx', 'running')
    assert.equal(await isKept(right), false)
    goOn()
    assert.match(await pageText((await download('Salaries.pptx')).bytes), /Locked: slide 1 of 1/)
    assert.equal(await isKept(right), false)
    assert.equal(await row.count(), 1)
    assert.equal(sent, 2, 'no file was sent twice')
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify({ ...localStorage })), /right-c04e55/)
  })

  it('unlocks a file on the page of its job as well', async () => {
    await drop(page, [{ name: 'Plans.pptx', bytes: await lockedDeck() }])
    const row = rowOf(page, 'Plans.pptx')
    await row.getByLabel('Password').waitFor()
    const other = await here.browser.newPage()
    await other.goto(`${here.instance.url}/jobs/${await row.getAttribute('data-job')}`)
    await other.getByText('This file is locked with a password.').waitFor()
    await other.getByText('Only who sent it can enter its password.').waitFor()
    assert.equal(await other.getByLabel('Password').count(), 0, 'a stranger only looks')
    await row.getByRole('link', { name: 'Plans.pptx' }).click()
    const card = page.locator('article')
    await card.getByLabel('Password').fill('secret')
    await card.getByRole('button', { name: 'Unlock' }).click()
    await page.getByRole('link', { name: /Download/ }).waitFor({ timeout: 60_000 })
    await other.getByRole('link', { name: /Download/ }).waitFor({ timeout: 60_000 })
    const isColoured = (state: Element) =>
      getComputedStyle(state).color !== getComputedStyle(document.body).color
    assert.ok(await other.getByText(/^Done/).evaluate(isColoured), 'opened by itself, it has its styles')
  })
})
