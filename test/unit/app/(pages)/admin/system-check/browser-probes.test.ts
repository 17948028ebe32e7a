import assert from 'node:assert/strict'
import { it } from 'node:test'
import { flowOf } from '#app/(pages)/admin/system-check/browser-probes.ts'
import { PROBES, PROXIES, PROXY_LINES } from '#app/(pages)/admin/system-check/proxy-lines.ts'

it('finds a proxy that keeps an upload back by how soon all of it arrives after it was sent slowly', () => {
  assert.equal(flowOf({ sentMs: 4000, receivedMs: 30 }), 'failed')
  assert.equal(flowOf({ sentMs: 4000, receivedMs: 3900 }), 'ok')
})

it('says nothing of a connection on which everything is sent at once', () => {
  assert.equal(flowOf({ sentMs: 40, receivedMs: 2 }), 'unknown')
})

it('has the lines for every proxy, for everything that a browser can find out', () => {
  for (const probe of PROBES) for (const proxy of PROXIES) assert.ok(PROXY_LINES[probe][proxy].length > 10)
})
