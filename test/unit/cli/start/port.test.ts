import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { describe, it } from 'node:test'
import { checkPort, freePort } from '#cli/start/port.ts'
import { ConfigError } from '#lib/config.ts'

const refusal = (pattern: RegExp) => (error: unknown) =>
  error instanceof ConfigError && pattern.test(error.message)

describe('the look at the port', () => {
  it('is content with a free one', async () => {
    const port = await freePort()
    assert.ok(port > 0)
    await checkPort('127.0.0.1', port)
  })

  it('names PORT where it is taken', async t => {
    const server = createServer()
    t.after(() => server.close())
    const port = await new Promise<number>(resolve => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
    await assert.rejects(
      checkPort('127.0.0.1', port),
      refusal(new RegExp(`^PORT ${port} is taken: .*; set PORT`)),
    )
  })

  it('names HOST where this machine has no such address', async () => {
    await assert.rejects(
      checkPort('192.0.2.1', 3000),
      refusal(/^HOST 192\.0\.2\.1 is not an address of this machine/),
    )
  })
})
