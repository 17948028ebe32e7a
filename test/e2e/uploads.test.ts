import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { reach, rowOf } from '#test/browser.ts'
import { writeBigDeck } from '#test/documents/deck.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { askUpload } from '#test/tus.ts'
import { until } from '#test/until.ts'

const BYTES = 6_000_000
/** Bytes a second: half a minute for the whole, so that a test is always quicker than its upload. */
const SLOW = 200_000
/** For what is sent in more than one request. */
const LESS_SLOW = 2_000_000
/** What the server has at the least when a test goes on. */
const SOME = BYTES / 50

describe('an upload over a bad line', () => {
  const here = instanceAndBrowser()
  let folder: string
  let deck: string
  let context: BrowserContext
  let page: Page
  let line: (bytesPerSecond: number, offline?: boolean) => Promise<unknown>

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-uploads-'))
    deck = join(folder, 'Film night.pptx')
    await writeBigDeck(deck, BYTES, { slides: 2 })
  })
  beforeEach(async () => {
    await context?.close()
    context = await here.browser.newContext()
    page = await visit()
  })
  after(async () => {
    await rm(folder, { recursive: true })
  })

  async function visit(): Promise<Page> {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    line = (uploadThroughput, offline = false) =>
      session.send('Network.emulateNetworkConditions', {
        offline,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      })
    await page.goto(here.instance.url)
    await page.getByText('Live', { exact: true }).waitFor()
    return page
  }
  const row = () => rowOf(page, 'Film night.pptx')
  const says = (words: RegExp | string) => row().getByText(words).waitFor()
  const choose = (path = deck) => page.setInputFiles('input[type=file][multiple]', path)
  const press = (name: string) => row().getByRole('button', { name }).click()
  /** Waits until some of the upload has been stored. */
  const begin = async () => {
    const sending = page.waitForRequest(request => request.method() === 'PATCH')
    await line(SLOW)
    await choose()
    const id = (await sending).url().split('/').at(-1) ?? ''
    await says(/^Uploading ([5-9]|\d\d)\s%/)
    // What has left the browser may still be on its way.
    const source = join(here.dataDir, 'files', 'jobs', id, 'source')
    const stored = async () => (await stat(source).catch(() => undefined))?.size ?? 0
    await until('some of it is stored', async () => (await stored()) > SOME)
  }
  /** The rest at full speed, until it is a job. */
  const finish = async () => {
    await line(-1)
    await row().and(page.locator('[data-job]')).waitFor()
  }
  /** The address of the upload, and from where each of its parts went on. */
  const listen = () => {
    const heard = { address: '', offsets: [] as number[] }
    page.on('request', request => {
      if (request.method() !== 'PATCH') return
      heard.address = request.url()
      heard.offsets.push(Number(request.headers()['upload-offset']))
    })
    return heard
  }

  it('pauses, and goes on from where it was', async () => {
    const heard = listen()
    await begin()
    await press('Pause')
    await says(/^Paused at \d+\s%$/)
    const requests = heard.offsets.length
    await press('Go on')
    await finish()
    await reach(page, 'Film night.pptx', 'completed')
    const [resumed = 0] = heard.offsets.slice(requests)
    assert.ok(resumed > SOME, `went on at ${resumed}`)
  })

  it('goes on by itself after a reload, with its settings, and no other tab takes it', async () => {
    await page.getByRole('button', { name: 'Archive' }).click()
    await begin()
    const heard = listen()
    const other = await context.newPage()
    await other.goto(here.instance.url)
    await other.getByText('Live', { exact: true }).waitFor()
    assert.equal(await other.getByText('Film night.pptx').count(), 0)
    await page.reload()
    await page.locator('.note', { hasText: '1 upload resumed.' }).waitFor()
    await finish()
    assert.ok((heard.offsets[0] ?? 0) > SOME, `went on at ${heard.offsets[0]}`)
    await says('PDF/A-2b')
    await page.locator('.note').waitFor({ state: 'detached' })
  })

  it('waits for the network, says so, and goes on when it is back', async () => {
    // Chromium’s own switch refuses new requests and ends no old one: the file needs more than one.
    const long = join(folder, 'long', 'Film night.pptx')
    await mkdir(join(folder, 'long'))
    await writeBigDeck(long, 20_000_000, { slides: 2 })
    const heard = listen()
    await line(LESS_SLOW)
    await choose(long)
    await says(/^Uploading [1-9]\d\s%/)
    await line(LESS_SLOW, true)
    await says(/^Waiting for the network, [1-9]\d\s% sent$/)
    await finish()
    const [first, second = 0, ...more] = heard.offsets
    assert.ok(first === 0 && second >= 8_000_000, `${heard.offsets}`)
    assert.ok(more.every(offset => offset >= second))
  })

  it('outlives a kill of the web process', async () => {
    const heard = listen()
    await begin()
    const { web } = here.instance.instance().children
    assert.ok(web)
    process.kill(web.pid, 'SIGKILL')
    await says(/^Waiting for the server, \d+\s% sent$/)
    await finish()
    assert.ok((heard.offsets.at(-1) ?? 0) > 0)
  })

  it('asks for the file again where the browser kept none, and takes no other', async () => {
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('not in this window', 'InvalidStateError')
      }
    })
    await page.reload()
    await begin()
    const heard = listen()
    await page.reload()
    await says(/^Stopped at/)
    await says('This browser did not keep the file. Choose it again to go on.')
    const another = join(folder, 'another.pptx')
    await writeBigDeck(another, 1000, { slides: 1 })
    await row().getByLabel('The same file once more').setInputFiles(another)
    await says('This is another file, or it was changed.')
    await row().getByLabel('The same file once more').setInputFiles(deck)
    await finish()
    assert.ok((heard.offsets[0] ?? 0) > SOME)
  })

  it('is cancelled, and nothing of it stays on the server', async () => {
    const heard = listen()
    await begin()
    await press('Cancel')
    await row().waitFor({ state: 'detached' })
    const id = heard.address.split('/').at(-1) ?? ''
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    await until(
      'the upload is gone',
      async () => (await askUpload(here.instance.url, id, { cookie })).status === 404,
    )
    await page.reload()
    await page.getByText('Live', { exact: true }).waitFor()
    assert.equal(await row().count(), 0)
  })

  it('is one upload when the same file is dropped twice', async () => {
    await begin()
    await choose()
    await page.getByText('Film night.pptx is on the way already.').first().waitFor()
    assert.equal(await row().count(), 1)
    await finish()
  })
})
