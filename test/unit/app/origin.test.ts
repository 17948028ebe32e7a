import assert from 'node:assert/strict'
import { it } from 'node:test'
import { publicAddress } from '#app/origin.ts'

it('a page knows its public address: as configured, else as it was asked for, by a trusted proxy only as that says', () => {
  const headers = { host: 'box:3000', 'x-forwarded-host': 'docs.example', 'x-forwarded-proto': 'https' }
  const at = (publicUrl: string | undefined, trustProxy: number) =>
    publicAddress(headers, { publicUrl, basePath: '/convert', trustProxy })
  assert.equal(at('https://example.org/convert', 0), 'https://example.org/convert')
  assert.equal(at(undefined, 0), 'http://box:3000/convert')
  assert.equal(at(undefined, 1), 'https://docs.example/convert')
})
