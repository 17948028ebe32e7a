import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { HELD_MS } from '#app/(pages)/live/click-guard.ts'
import type { FullSnapshot } from '#lib/vocabulary/snapshot.ts'
import { drop, dropFolder, reach, rowOf } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { freezeOffices } from '#test/offices.ts'
import { pdfOutline } from '#test/pdf-structure.ts'
import { unpacked } from '#test/unpacked.ts'
import { until } from '#test/until.ts'

const SLOTS = 2

describe('a person with many files', () => {
  const here = instanceAndBrowser({ env: { SLOTS: String(SLOTS) } })
  let page: Page

  before(async () => {
    page = await here.browser.newPage()
    await page.goto(here.instance.url)
    await page.getByText('Live', { exact: true }).waitFor()
  })

  const resultOf = async (id: string) => (await fetch(`${here.instance.url}/api/jobs/${id}/result`)).status
  const converted = async (name: string) => {
    await drop(page, [{ name, bytes: await deck({ slides: 2 }) }])
    await reach(page, name, 'completed')
    return (await rowOf(page, name).getAttribute('data-job')) ?? ''
  }

  const decks = (names: string[]) =>
    Promise.all(names.map(async name => ({ name, bytes: await deck({ slides: 1 }) })))
  const group = () => page.locator('li[data-batch]')
  const saved = async (press: () => Promise<void>) => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()])
    return readFile(await download.path())
  }

  it('drops a folder, and its archive has the same folders', async () => {
    const talks = join(here.dataDir, 'Talks')
    await mkdir(join(talks, '2026'), { recursive: true })
    await writeFile(join(talks, 'Opening.pptx'), await deck({ slides: 1 }))
    await writeFile(join(talks, '2026', 'Closing.pptx'), await deck({ slides: 2 }))
    await dropFolder(page, talks)
    for (const name of ['Opening.pptx', 'Closing.pptx']) await reach(page, name, 'completed')
    await group().getByText('Talks', { exact: true }).waitFor()
    const files = await unpacked(
      await saved(() => group().getByRole('link', { name: 'Download all' }).click()),
    )
    files.delete('report.txt')
    assert.deepEqual([...files.keys()].toSorted(), ['Talks/2026/Closing.pdf', 'Talks/Opening.pdf'])
  })

  it('drops or picks a folder in which nothing can be converted, and reads that', async () => {
    const folderOf = async (name: string) => {
      const folder = join(here.dataDir, name)
      await mkdir(folder)
      await writeFile(join(folder, 'Holiday.mp4'), 'a film')
      return folder
    }
    await dropFolder(page, await folderOf('Films'))
    await page.getByText('Nothing in “Films” can be converted').waitFor()
    await page.getByLabel('A folder to convert').setInputFiles(await folderOf('Songs'))
    await page.getByText('Nothing in “Songs” can be converted').waitFor()
  })

  it('merges them in an order of its own into one PDF with a bookmark for each', async () => {
    await group().getByRole('button', { name: 'Merge into one PDF' }).click()
    const parts = page.locator('.merge li .part-name')
    const before = await parts.allTextContents()
    const upOf = (name = '') => page.getByRole('button', { name: `Move up ${name}` })
    assert.equal(await upOf(before[0]).isDisabled(), true, 'the first one cannot go up')
    await upOf(before[1]).click()
    const order = await parts.allTextContents()
    assert.deepEqual(order, before.toReversed())
    const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 }
    await page.setViewportSize({ width: 390, height: 844 })
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    await page.setViewportSize({ width, height })
    await page.getByLabel('Name', { exact: true }).fill('All talks')
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await reach(page, 'All talks.pdf', 'completed')
    const row = rowOf(page, 'All talks.pdf')
    await row.getByText(`Of ${order.map(name => `\u2068${name}\u2069`).join(', ')}`).waitFor()
    const first = page.locator('.rows > li').first()
    assert.equal(await first.getAttribute('data-job'), await row.getAttribute('data-job'))
    const pdf = await saved(() => row.getByRole('link', { name: /Download/ }).click())
    const pages = { 'Opening.pdf': 1, 'Closing.pdf': 2 }
    const next = 1 + (order[0] === 'Opening.pdf' ? pages['Opening.pdf'] : pages['Closing.pdf'])
    assert.deepEqual(
      (await pdfOutline(pdf)).map(([title, page]) => [title, page]),
      order.map((name, index) => [name.replace('.pdf', ''), index === 0 ? 1 : next]),
    )
  })

  it('loses nothing by a second click, and keeps the focus near what it changed', async t => {
    const goOn = await freezeOffices(here.instance, SLOTS)
    t.after(goOn)
    const names = ['First.pptx', 'Second.pptx']
    await drop(page, await decks(names))
    await reach(page, 'First.pptx', 'running')
    const place = await rowOf(page, 'First.pptx').getByRole('button', { name: 'Cancel' }).boundingBox()
    const click = () => page.mouse.click((place?.x ?? 0) + 12, (place?.y ?? 0) + 12)
    const began = performance.now()
    await click()
    await reach(page, 'First.pptx', 'cancelled')
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    assert.match((await focused()) ?? '', /First\.pptx.*Cancelled/)
    await click()
    // Later than that a click means what is there then, which is never Delete.
    const isOfPair = performance.now() - began < HELD_MS
    if (isOfPair) await reach(page, 'First.pptx', 'cancelled')
    assert.equal(await page.getByRole('button', { name: /^Undo/ }).count(), 0)

    await rowOf(page, 'Second.pptx')
      .getByRole('button', { name: /^Cancel/ })
      .press('Enter')
    await reach(page, 'Second.pptx', 'cancelled')
    await rowOf(page, 'Second.pptx')
      .getByRole('button', { name: /^Delete/ })
      .press('Enter')
    await rowOf(page, 'Second.pptx').waitFor({ state: 'detached' })
    assert.match((await focused()) ?? '', /^Undo the deletion of “Second\.pptx”/)
    await page.keyboard.press('Enter')
    await reach(page, 'Second.pptx', 'cancelled')
  })

  it('hears within five seconds that the server hangs, sees nothing move, and goes on when it answers', async t => {
    const goOn = await freezeOffices(here.instance, SLOTS)
    t.after(goOn)
    await drop(page, [{ name: 'Waits.pptx', bytes: await deck({ slides: 1 }) }])
    await reach(page, 'Waits.pptx', 'running')
    const { web } = here.instance.instance().children
    assert.ok(web)
    const row = rowOf(page, 'Waits.pptx')
    const stopped = performance.now()
    process.kill(web.pid, 'SIGSTOP')
    await row.getByText('The server does not answer. Last seen: ').waitFor()
    const silentMs = performance.now() - stopped
    assert.ok(silentMs < 5000, `it was said after ${silentMs} ms`)
    await page.getByText('Server not answering', { exact: true }).waitFor()
    const moving = () => row.evaluate(li => li.getAnimations({ subtree: true }).length)
    assert.equal(await moving(), 0)
    process.kill(web.pid, 'SIGCONT')
    await page.getByText('Live', { exact: true }).waitFor()
    goOn()
    await reach(page, 'Waits.pptx', 'completed')
  })

  it('reads how many files are still to come, and cancels the rest of a batch', async t => {
    const goOn = await freezeOffices(here.instance, SLOTS)
    t.after(goOn)
    const names = ['One.pptx', 'Two.pptx', 'Three.pptx']
    const { promise: mayGo, resolve: letGo } = Promise.withResolvers<void>()
    await page.route('**/api/uploads', async route => {
      await mayGo
      await route.continue()
    })
    await drop(page, await decks(names))
    await page.locator('.heading').getByText('2\u00a0uploading, 1\u00a0to come').waitFor()
    letGo()
    for (const name of names) await rowOf(page, name).and(page.locator('[data-job]')).waitFor()
    await group().first().getByRole('button', { name: 'Cancel the rest' }).click()
    for (const name of names) await reach(page, name, 'cancelled')
  })

  it('tries again what failed of a batch, and nothing else', async () => {
    await page.getByText('Options', { exact: true }).click()
    await page.getByLabel('Pages', { exact: true }).fill('2')
    await drop(page, [
      { name: 'Short.pptx', bytes: await deck({ slides: 1 }) },
      { name: 'Long.pptx', bytes: await deck({ slides: 2 }) },
    ])
    await reach(page, 'Long.pptx', 'completed')
    await reach(page, 'Short.pptx', 'failed')
    const attempts = async (name: string) => {
      const id = await rowOf(page, name).getAttribute('data-job')
      const job: FullSnapshot = await (await fetch(`${here.instance.url}/api/jobs/${id}`)).json()
      return job.state === 'failed' || job.state === 'completed' ? job.timeline.length : 0
    }
    const before = await attempts('Short.pptx')
    await group().first().getByRole('button', { name: 'Try failed again' }).click()
    await until('it was tried again', async () => (await attempts('Short.pptx')) > before)
    assert.equal(await attempts('Long.pptx'), 1)
  })

  it('takes a deletion back, and what was not taken back is deleted when the page is left', async () => {
    const id = await converted('Draft.pptx')
    const remove = rowOf(page, 'Draft.pptx').getByRole('button', { name: /^Delete/ })
    await remove.click()
    await rowOf(page, 'Draft.pptx').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Undo/ }).click()
    await reach(page, 'Draft.pptx', 'completed')
    assert.equal(await resultOf(id), 200)
    await remove.click()
    await page.reload()
    await until('the result is gone', async () => (await resultOf(id)) === 410)
    await page.goto(`${here.instance.url}/jobs/${id}`)
    await page.getByText('Files deleted, on request').waitFor()
  })

  it('converts a kept source again into something else from the page of its job', async () => {
    await page.goto(here.instance.url)
    await page.getByText('Live', { exact: true }).waitFor()
    const id = await converted('Again.pptx')
    await page.goto(`${here.instance.url}/jobs/${id}`)
    await page.locator('summary', { hasText: 'Convert to something else' }).click()
    await page.getByLabel('Into').selectOption('png')
    await page.getByRole('button', { name: 'Convert again' }).click()
    await page.waitForURL(url => url.pathname.startsWith('/jobs/') && !url.pathname.includes(id))
    await page.locator('[data-state="completed"]').waitFor({ timeout: 90_000 })
    await page.getByRole('link', { name: /Download/ }).waitFor()
  })

  it('deletes all files at once', async () => {
    await page.goto(here.instance.url)
    const id = (await rowOf(page, 'Again.pptx').first().getAttribute('data-job')) ?? ''
    await page.getByRole('button', { name: 'Delete all my files' }).click()
    await page.getByText('All your files are deleted.').waitFor()
    assert.equal(await rowOf(page, 'Again.pptx').count(), 0)
    await page.reload()
    await until('no result is left', async () => (await resultOf(id)) === 410)
  })
})
