import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { drop, listenIn, reach } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { houseAndBrowser } from '#test/house-and-browser.ts'
import { until } from '#test/until.ts'

describe('a page whose connection is blocked', () => {
  const here = houseAndBrowser()
  let page: Page
  const live = () => page.getByText('Live', { exact: true }).waitFor({ timeout: 20_000 })

  it('is still pushed to when WebSocket is blocked, and asks for no status', async () => {
    page = await here.browser.newPage()
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
    await page.goto(here.house.url)
    await live()
    await drop(page, [{ name: 'polled.pptx', bytes: await deck({ slides: 200 }) }])
    await reach(page, 'polled.pptx', 'running')
    await reach(page, 'polled.pptx', 'completed')
    assert.ok(heard.events.includes('progress') && heard.events.includes('job'))
    assert.deepEqual(heard.statusRequests, [])
    await page.close()
  })

  it('asks for the status when all of it is blocked, and is pushed to again when it is not', async () => {
    page = await here.browser.newPage()
    const heard = listenIn(page)
    let blocked = true
    await page.routeWebSocket(/socket\.io/, socket =>
      blocked ? void socket.close() : void socket.connectToServer(),
    )
    await page.route(/\/socket\.io\//, route => (blocked ? route.abort() : route.continue()))
    await page.goto(here.house.url)
    await until('the page gives up on pushes and asks', () => heard.statusRequests.length > 0)
    await drop(page, [{ name: 'checked.pptx', bytes: await deck({ slides: 500 }) }])
    await page.getByText(/Checking every/).waitFor()
    await reach(page, 'checked.pptx', 'running')
    await reach(page, 'checked.pptx', 'completed')
    assert.ok(heard.statusRequests.length > 0)
    assert.deepEqual(heard.events, [])

    blocked = false
    await live()
    const asked = heard.statusRequests.length
    await drop(page, [{ name: 'back.pptx', bytes: await deck({ slides: 5 }) }])
    await reach(page, 'back.pptx', 'completed')
    assert.equal(heard.statusRequests.length, asked)
    await page.close()
  })

  it('finds its way back after the web process was killed in mid-job', async () => {
    page = await here.browser.newPage()
    await page.goto(here.house.url)
    await live()
    await drop(page, [{ name: 'web-killed.pptx', bytes: await deck({ slides: 400 }) }])
    await reach(page, 'web-killed.pptx', 'running')
    const web = here.house.instance().children.web
    process.kill(web?.pid ?? 0, 'SIGKILL')
    await until(
      'another web process answers',
      async () => (await fetch(`${here.house.url}/healthz`).catch(() => undefined))?.ok,
    )
    await reach(page, 'web-killed.pptx', 'completed')
    await live()
    await page.close()
  })
})
