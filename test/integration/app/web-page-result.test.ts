import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { openBrowser } from '#test/browser.ts'
import { flat } from '#test/documents/flat.ts'
import { picture } from '#test/documents/sample-picture.ts'
import { send, startTestServer, workWith } from '#test/test-server.ts'
import { until } from '#test/until.ts'
import { make, openTestEngine, type TestEngine } from '../worker/test-engine.ts'

let bench: TestEngine
let testServer: Awaited<ReturnType<typeof startTestServer>>
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
  testServer = await startTestServer()
})
after(async () => {
  await bench?.close()
  await testServer?.close()
})

/** A text with a script that LibreOffice carries over into a web page, and a picture. */
async function scripted(): Promise<string> {
  const script = `<text:script script:language="JavaScript">document.title = 'ran ' + document.cookie</text:script>`
  const data = (await picture(20, 20)).toString('base64')
  const image = `<draw:frame text:anchor-type="as-char" svg:width="1cm" svg:height="1cm"><draw:image><office:binary-data>${data}</office:binary-data></draw:image></draw:frame>`
  return flat('text', `<text:p>${script}harmless words${image}</text:p>`)
}

it('a web page that holds a script is shown with its pictures, and runs nothing in our origin', async t => {
  const bytes = await scripted()
  const made = await make(bench, { bytes, format: 'fodt' }, { target: 'html' })
  assert.match(String(made.bytes), /<script[\s\S]*document\.title/i)

  const fields = { target: 'html' }
  const answer = await send(testServer.url, { name: 'page.fodt', bytes: Buffer.from(bytes) }, { fields })
  const { id } = await answer.json()
  const consumer = await workWith(testServer.jobs, testServer.storage, made.bytes)
  t.after(() => consumer.stop(0))
  await until('it is completed', async () => (await testServer.jobs.get(id))?.state === 'completed')

  const browser = await openBrowser()
  t.after(() => browser.close())
  const page = await browser.newPage()
  const refused: string[] = []
  page.on('console', message => refused.push(message.text()))
  const shown = await page.goto(`${testServer.url}/api/jobs/${id}/result?inline=1`)
  assert.match(shown?.headers()['content-type'] ?? '', /^text\/html/)
  assert.match(
    shown?.headers()['content-security-policy'] ?? '',
    /^sandbox; default-src 'none'; frame-ancestors 'self'/,
  )
  assert.match(await page.locator('body').innerText(), /harmless words/)
  assert.equal(await page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth > 0), true)
  assert.doesNotMatch(await page.title(), /ran/)
  await until('the console says that the script was refused', () =>
    refused.some(text => /script/i.test(text)),
  )
  assert.equal(await page.evaluate(() => window.origin), 'null')
})
