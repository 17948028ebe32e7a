import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { loadNext, openPageServer } from '#app/page-server.ts'
import { openLog } from '#lib/log.ts'

it('a request for a page gets a problem where the pages are missing or damaged, and the process goes on', async t => {
  const dir = await mkdtemp(join(tmpdir(), 'nightshift-pages-'))
  t.after(() => rm(dir, { recursive: true }))
  const log = openLog('pages', { level: 'silent', format: 'json' })
  const errors: unknown[] = []
  t.mock.method(log, 'error', (...[fields]: unknown[]) => errors.push(fields))
  const pages = openPageServer(() => loadNext({ host: '127.0.0.1', port: 0 }, dir), log)
  const server = createServer(pages.serve).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await pages.warmUp(url)
  for (const path of ['/', '/jobs/1']) {
    const answer = await fetch(url + path)
    const { code } = (await answer.json()) as { code: string }
    assert.deepEqual([answer.status, code], [503, 'pages_unavailable'])
  }
  assert.equal(errors.length, 1)
  assert.match(String((errors[0] as { err: Error }).err.message), /Delete the folder \.next and start again/)
  await pages.close()
})
