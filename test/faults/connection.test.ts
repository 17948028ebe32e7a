import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { drop, listenIn, reach } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { freezeOffices } from '#test/offices.ts'
import { until } from '#test/until.ts'

const SLOTS = 2

describe('a page whose connection is blocked', () => {
  const here = instanceAndBrowser({ env: { SLOTS: String(SLOTS) } })
  let page: Page
  beforeEach(async () => {
    page = await here.browser.newPage()
  })
  afterEach(() => page.close())

  const live = () => page.getByText('Live', { exact: true }).waitFor({ timeout: 60_000 })
  /** Drops a deck, and does something once the page says that it runs. */
  const whileRunning = async (name: string, act = async () => {}) => {
    const goOn = await freezeOffices(here.instance, SLOTS)
    try {
      await drop(page, [{ name, bytes: await deck({ slides: 100 }) }])
      await reach(page, name, 'running')
      await act()
    } finally {
      goOn()
    }
    await reach(page, name, 'completed')
  }

  it('is still pushed to when WebSocket is blocked, and asks for no status', async () => {
    await page.addInitScript(() => {
      // A proxy that knows no WebSocket refuses the handshake.
      globalThis.WebSocket = class extends EventTarget {
        constructor() {
          super()
          setTimeout(
            () => (this as unknown as { onerror?: (event: Event) => void }).onerror?.(new Event('error')),
            5,
          )
        }
        close() {}
      } as unknown as typeof WebSocket
    })
    const heard = listenIn(page)
    await page.goto(here.instance.url)
    await live()
    await whileRunning('polled.pptx')
    assert.ok(heard.events.includes('progress') && heard.events.includes('job'))
    assert.deepEqual(heard.statusRequests, [])
  })

  it('asks for the status when all of it is blocked, and is pushed to again when it is not', async () => {
    const heard = listenIn(page)
    let blocked = true
    await page.routeWebSocket(/socket\.io/, socket =>
      blocked ? void socket.close() : void socket.connectToServer(),
    )
    await page.route(/\/socket\.io\//, route => (blocked ? route.abort() : route.continue()))
    await page.goto(here.instance.url)
    await until('the page gives up on pushes and asks', () => heard.statusRequests.length > 0)
    await whileRunning('checked.pptx', () => page.getByText(/Checking every/).waitFor())
    assert.ok(heard.statusRequests.length > 0)
    assert.deepEqual(heard.events, [])

    blocked = false
    await live()
    const asked = heard.statusRequests.length
    await drop(page, [{ name: 'back.pptx', bytes: await deck({ slides: 5 }) }])
    await reach(page, 'back.pptx', 'completed')
    assert.equal(heard.statusRequests.length, asked)
  })

  it('finds its way back after the web process was killed in mid-job', async () => {
    await page.goto(here.instance.url)
    await live()
    const isHealthy = async () => (await fetch(`${here.instance.url}/healthz`).catch(() => undefined))?.ok
    await whileRunning('web-killed.pptx', async () => {
      const web = here.instance.instance().children.web
      process.kill(web?.pid ?? 0, 'SIGKILL')
      await until('another web process answers', isHealthy)
    })
    await live()
  })
})
