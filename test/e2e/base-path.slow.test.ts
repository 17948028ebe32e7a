import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { drop, listenIn, reach, rowOf } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { pageCount } from '#test/pdf.ts'
import { openProxy } from '#test/reverse-proxy.ts'

describe('a person at the page under BASE_PATH behind a proxy', () => {
  const here = instanceAndBrowser({ env: { BASE_PATH: '/convert', TRUST_PROXY: '1' } })
  let proxy: Awaited<ReturnType<typeof openProxy>>
  let page: Page

  before(async () => {
    const seen = () => ({ address: '203.0.113.7', host: new URL(proxy.url).host, protocol: 'http' })
    proxy = await openProxy(here.instance.url, seen)
    page = await here.browser.newPage()
  })
  after(async () => {
    await proxy?.close()
  })

  it('drops a deck, is pushed its progress, looks at the job and downloads, and nothing is asked for beside the path', async () => {
    const asked: string[] = []
    const failed: string[] = []
    page.on('request', request => asked.push(new URL(request.url()).pathname))
    page.on('websocket', socket => asked.push(new URL(socket.url()).pathname))
    page.on('response', answer => answer.status() >= 400 && failed.push(`${answer.status()} ${answer.url()}`))
    const heard = listenIn(page)
    await page.goto(`${proxy.url}/convert/`)
    await page.getByText('Live', { exact: true }).waitFor()
    await drop(page, [{ name: 'Below.pptx', bytes: await deck({ slides: 3 }) }])
    await reach(page, 'Below.pptx', 'completed')
    assert.ok(heard.events.includes('job'))
    const picture = rowOf(page, 'Below.pptx').locator('img')
    await picture.waitFor()
    assert.ok(await picture.evaluate(async (img: HTMLImageElement) => img.decode().then(() => true)))

    await rowOf(page, 'Below.pptx').getByRole('link', { name: 'Below.pptx' }).click()
    await page.waitForURL(`${proxy.url}/convert/jobs/*`)
    await page.reload()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /Download/ }).click(),
    ])
    assert.equal(await pageCount(await readFile(await saved.path())), 3)
    await page.getByRole('link', { name: 'Convert more files' }).click()
    await reach(page, 'Below.pptx', 'completed')
    const api = await page.getByRole('link', { name: /the API/ }).getAttribute('href')
    assert.equal(api, '/convert/api/openapi.json')

    assert.ok(
      asked.includes('/convert/api/uploads') && asked.includes('/convert/socket.io/'),
      asked.join('\n'),
    )
    assert.deepEqual(
      asked.filter(path => !/^\/convert(\/|$)/.test(path)),
      [],
    )
    assert.deepEqual(failed, [])
  })
})
