import assert from 'node:assert/strict'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, it } from 'node:test'
import { isOwnOrigin } from '#app/origin.ts'
import { createOwners } from '#app/owners.ts'
import { clientOf } from '#app/proxy.ts'

/** A request as Node hands it over, from 127.0.0.1. */
function asked(headers: Record<string, string>): IncomingMessage {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: '127.0.0.1' })
  const request = new IncomingMessage(socket)
  Object.assign(request.headers, { host: 'inside:3000', ...headers })
  return request
}

/** What a proxy adds; the first address is a lie of the sender. */
const FORWARDED = {
  'x-forwarded-for': '6.6.6.6, 203.0.113.7, 10.0.0.2',
  'x-forwarded-host': 'convert.example.org',
  'x-forwarded-proto': 'https',
}

describe('the sender of a request', () => {
  it('is the connection itself where no proxy is trusted, whatever the headers say', () => {
    const sender = { address: '127.0.0.1', host: 'inside:3000', protocol: undefined }
    assert.deepEqual(clientOf(asked(FORWARDED), 0), sender)
  })

  it('is what the trusted proxies saw, and never what stands further ahead', () => {
    const addresses = [1, 2, 3, 4].map(proxies => clientOf(asked(FORWARDED), proxies).address)
    assert.deepEqual(addresses, ['10.0.0.2', '203.0.113.7', '6.6.6.6', '6.6.6.6'])
    const lied = {
      'x-forwarded-host': 'evil.example, convert.example.org',
      'x-forwarded-proto': 'http,https',
    }
    const { host, protocol } = clientOf(asked({ ...FORWARDED, ...lied }), 1)
    assert.deepEqual([host, protocol], ['convert.example.org', 'https'])
  })

  it('is the connection where a trusted proxy adds nothing', () => {
    const sender = { address: '127.0.0.1', host: 'inside:3000', protocol: undefined }
    assert.deepEqual(clientOf(asked({}), 2), sender)
  })
})

describe('the origin', () => {
  const isOwn = (origin: string, trustProxy: number, headers: Record<string, string> = {}) =>
    isOwnOrigin(asked({ ...FORWARDED, ...headers, origin }), { publicUrl: undefined, trustProxy })

  it('is our own by the forwarded host and protocol, where the proxy is trusted', () => {
    assert.equal(isOwn('https://convert.example.org', 1), true)
    assert.equal(isOwn('https://convert.example.org', 1, { 'x-forwarded-proto': 'wss' }), true)
    assert.equal(
      isOwn('https://convert.example.org', 1, { 'x-forwarded-host': 'convert.example.org:443' }),
      true,
    )
    assert.equal(isOwn('http://convert.example.org', 1), false)
    assert.equal(isOwn('https://inside:3000', 1), false)
    assert.equal(isOwn('https://evil.example', 1), false)
  })

  it('is our own by the Host header alone, where none is', () => {
    assert.equal(isOwn('https://convert.example.org', 0), false)
    assert.equal(isOwn('http://inside:3000', 0), true)
    assert.equal(isOwn('null', 0), false)
    const publicUrl = 'https://convert.example.org/'
    const request = asked({ origin: 'https://convert.example.org' })
    assert.equal(isOwnOrigin(request, { publicUrl, trustProxy: 0 }), true)
  })
})

describe('an owner', () => {
  const owners = (trustProxy: number, publicUrl?: string) =>
    createOwners('s'.repeat(32), { publicUrl, basePath: '', trustProxy })
  const cookieOf = (trustProxy: number, publicUrl?: string) => {
    const request = asked(FORWARDED)
    const response = new ServerResponse(request)
    owners(trustProxy, publicUrl).ensureOwnerCookie(request, response)
    return String(response.getHeader('set-cookie'))
  }

  it('without a cookie is told from others by the address that the trusted proxies saw', () => {
    const other = { ...FORWARDED, 'x-forwarded-for': '203.0.113.8, 10.0.0.2' }
    const ownerOf = (headers: Record<string, string>, proxies: number) =>
      owners(proxies).of(asked(headers)).owner
    assert.notEqual(ownerOf(FORWARDED, 2), ownerOf(other, 2))
    assert.equal(ownerOf(FORWARDED, 1), ownerOf(other, 1))
    assert.equal(ownerOf(FORWARDED, 0), ownerOf({}, 0))
  })

  it('gets a cookie for https alone, where the page came by https', () => {
    assert.match(cookieOf(1), /; Secure/)
    assert.match(cookieOf(0, 'https://convert.example.org'), /; Secure/)
    assert.doesNotMatch(cookieOf(0), /; Secure/)
  })
})
