import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { answersLanguageChoice } from '#app/chosen-language.ts'
import { sendRaw } from '#test/raw-request.ts'

const server = createServer((request, response) => {
  if (!answersLanguageChoice(request, response, { basePath: '/convert' })) response.end('page')
})
let url = ''

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => server.close())

test('a link of the switch keeps the language in a cookie and leads back to the page', async () => {
  const answer = await fetch(`${url}/convert/jobs/1?language=ar`, { redirect: 'manual' })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/convert/jobs/1'])
  assert.match(answer.headers.get('set-cookie') ?? '', /^nightshift_language=ar; .*Path=\/convert;/)
})

test('no other request is answered', async () => {
  for (const path of ['/convert', '/convert?language=fr', '/convert?language=constructor', '/?x=de'])
    assert.equal(await (await fetch(url + path)).text(), 'page', path)
})

test('a link leads to no other host', async () => {
  for (const path of ['//elsewhere.org/x', '/\\elsewhere.org/x', '/%2Felsewhere.org', '///elsewhere.org/x']) {
    const { head } = await sendRaw(url, [`GET ${path}?language=de HTTP/1.1`, 'Host: localhost'])
    assert.match(head, /^location: \/(?!\/)/im, path)
    assert.doesNotMatch(head, /^location: \/+elsewhere/im, path)
  }
})
