import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { beforeEach, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from 'playwright-core'
import { drop, reach, rowOf } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { until } from '#test/until.ts'

/** Against what Next itself needs for any page; `test/bench/page-weight.ts` compares with an empty one in a browser. */
const MOST_SCRIPT = 1.25
const BUILD = fileURLToPath(new URL('../../.next/', import.meta.url))
const CHUNK = /static\/chunks\/[^"\\]+?\.js/g

describe('a person whose page has only begun to load', () => {
  const here = instanceAndBrowser()
  let context: BrowserContext
  let page: Page
  /** The chunks of the connection, which come by themselves after the page is painted. */
  let connecting: string[]
  /** The chunks that the page asked for later. */
  let asked: string[]
  /** What becomes of them. */
  let fate: () => Promise<'continue' | 'abort'>

  beforeEach(async () => {
    await context?.close()
    context = await here.browser.newContext()
    page = await context.newPage()
    asked = []
    fate = async () => 'continue'
    const first = new Set((await html()).match(CHUNK))
    await page.route(/static\/chunks\/.+\.js/, async route => {
      const [chunk = ''] = route.request().url().match(CHUNK) ?? []
      if (first.has(chunk)) return route.continue()
      asked.push(chunk)
      await route[await fate()]()
    })
    await page.goto(here.instance.url)
    await page.getByText('Live', { exact: true }).waitFor()
    connecting = asked.splice(0)
  })
  const html = async () => (await fetch(here.instance.url)).text()
  const choose = async (name: string) =>
    page.setInputFiles('input[type=file][multiple]', {
      ...{ name, mimeType: '', buffer: await deck({ slides: 2 }) },
    })

  it('gets the whole page at once, with little more JavaScript than any page of Next has', async () => {
    const text = await html()
    assert.match(text, /<main>.*<h1>.*Choose files.*<\/main>/s)
    assert.doesNotMatch(text, /<template id="B:/, 'nothing of it is moved into place by a script')
    const [, end] = text.match(/<link rel="expect" href="#(\w+)" blocking="render"/) ?? []
    assert.match(
      text,
      new RegExp(`</main>.*</nav><\\w+ id="${end}"`, 's'),
      'no part is painted before the rest is there',
    )
    const { rootMainFiles, polyfillFiles } = JSON.parse(await readFile(`${BUILD}build-manifest.json`, 'utf8'))
    const weight = async (chunks: Iterable<string>) => {
      let sum = 0
      for (const chunk of chunks) sum += gzipSync(await readFile(BUILD + chunk)).length
      return sum
    }
    const ours = new Set(
      [...(text.match(CHUNK) ?? []), ...connecting].filter(chunk => !polyfillFiles.includes(chunk)),
    )
    const ratio = (await weight(ours)) / (await weight(rootMainFiles))
    assert.ok(ratio > 1 && ratio <= MOST_SCRIPT, `${ratio.toFixed(3)} × what Next needs`)
  })

  it('has no more of it and sees nothing move before touching it, and then keeps what stands there', async () => {
    const shift = await page.evaluate(
      () =>
        new Promise<number>(resolve => {
          const add = (sum: number, entry: PerformanceEntry) =>
            sum + (entry as unknown as { value: number }).value
          const observer = new PerformanceObserver(list => resolve(list.getEntries().reduce(add, 0)))
          observer.observe({ type: 'layout-shift', buffered: true })
          setTimeout(() => resolve(0), 300)
        }),
    )
    assert.equal(shift, 0)
    assert.deepEqual(asked, [])
    const zone = await page.$('.drop')
    await page.mouse.move(200, 200)
    await page.mouse.move(210, 210)
    await until('the rest is loaded', () => asked.length > 0)
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose files' }).click(),
    ])
    assert.ok(chooser.isMultiple())
    assert.ok(await zone?.evaluate(element => element.isConnected))
  })

  it('chooses a target and files before the rest has come, and gets what was chosen', async () => {
    let goOn = () => {}
    const gate = new Promise<void>(resolve => {
      goOn = resolve
    })
    fate = async () => {
      await gate
      return 'continue'
    }
    await page.getByLabel('Into').selectOption('png')
    await choose('Early.pptx')
    await page.locator('summary', { hasText: 'Options' }).click()
    await until('the rest is asked for', () => asked.length > 0)
    assert.equal(await page.locator('details.options[open], li[data-state]').count(), 0)
    goOn()
    await reach(page, 'Early.pptx', 'completed')
    await rowOf(page, 'Early.pptx')
      .getByRole('link', { name: /Download png/i })
      .waitFor()
    await page.locator('details.options[open] .fields').first().waitFor()
  })

  it('reads that a part is missing, and sees the files sent once it comes', async () => {
    fate = async () => 'abort'
    await choose('Patient.pptx')
    const missing = page.getByText('A part of this page has not arrived.')
    await missing.waitFor()
    assert.equal(await page.locator('li[data-state]').count(), 0)
    fate = async () => 'continue'
    await reach(page, 'Patient.pptx', 'completed')
    await missing.waitFor({ state: 'detached' })
  })

  it('sees what another tab sends without touching this one', async () => {
    const other = await context.newPage()
    await other.goto(here.instance.url)
    await drop(other, [{ name: 'Elsewhere.pptx', bytes: await deck({ slides: 2 }) }])
    await reach(page, 'Elsewhere.pptx', 'completed')
  })
})
