import assert from 'node:assert/strict'
import { it } from 'node:test'
import { readWebhookUrl } from '#lib/webhooks/webhook-url.ts'

const read = (url: string, allowPrivate = false) => readWebhookUrl(url, { allowPrivate })

it('takes http and https addresses with any port, and keeps all of them but the fragment', () => {
  assert.equal(read('https://Example.org/hook?a=b#c'), 'https://example.org/hook?a=b')
  assert.equal(read('http://example.org:8080'), 'http://example.org:8080/')
  assert.equal(read('https://1.1.1.1/x'), 'https://1.1.1.1/x')
  assert.equal(read('https://bücher.example/'), 'https://xn--bcher-kva.example/')
})

it('refuses what is no such address, and a user name or password in it', () => {
  const wrong = [
    '',
    'x',
    'example.org/hook',
    'ftp://example.org',
    'file:///etc/passwd',
    'javascript:1',
    'https://',
  ]
  for (const url of [...wrong, 'https://a@example.org', 'https://a:b@example.org', 'https://:b@example.org'])
    assert.throws(() => read(url), { code: 'webhook_url_invalid' }, url)
  assert.throws(() => read(`https://example.org/${'x'.repeat(2000)}`), { code: 'webhook_url_invalid' })
})

it('refuses addresses and names of this machine and private networks, in every spelling, unless they are allowed', () => {
  const hosts = ['127.0.0.1', '127.1', '0x7f.1', '2130706433', '10.0.0.1:9000', '169.254.169.254', '[::1]']
  const more = ['[::ffff:127.0.0.1]', '[fd00::1]', 'localhost', 'LOCALHOST.', 'a.localhost', 'x.internal']
  for (const host of [...hosts, ...more]) {
    assert.throws(() => read(`http://${host}/`), { code: 'webhook_url_private' }, host)
    assert.ok(read(`http://${host}/`, true))
  }
})
