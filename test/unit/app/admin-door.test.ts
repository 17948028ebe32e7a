import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, it } from 'node:test'
import { atAdminDoor } from '#app/admin-door.ts'

async function at(url: string, { signedIn = false, basePath = '' } = {}) {
  const headers: Record<string, string> = {}
  const response = {
    setHeader: (name: string, value: string) => Object.assign(headers, { [name]: value }),
    writeHead(_: number, more: Record<string, string>) {
      Object.assign(headers, more)
      return this
    },
    end: () => {},
  }
  const session = { id: '1', role: 'admin' as const, expiresAt: new Date() }
  const operators = { sessionOf: async () => (signedIn ? session : undefined) }
  const request = { url, headers: {} } as IncomingMessage
  const door = await atAdminDoor(request, response as unknown as ServerResponse, { operators, basePath })
  return { door, headers }
}

describe('the door to the dashboard', () => {
  it('leads whoever is not signed in to the form, however the path is written', async () => {
    for (const url of ['/admin', '/admin/jobs', '/%61dmin/jobs', '//admin', '/admin/', '/admin/jobs?_rsc=1'])
      assert.equal((await at(url)).door, 'answered', url)
    assert.equal(
      (await at('/admin/jobs?state=failed&_rsc=1')).headers.Location,
      '/admin/sign-in?to=%2Fadmin%2Fjobs%3Fstate%3Dfailed',
    )
  })

  it('opens for an operator, and lets nobody keep or list the pages', async () => {
    const { door, headers } = await at('/admin/jobs', { signedIn: true })
    assert.equal(door, 'open')
    assert.equal(headers['Cache-Control'], 'no-store')
    assert.match(headers['X-Robots-Tag'] ?? '', /noindex/)
    assert.equal((await at('/admin/sign-in')).door, 'open')
  })

  it('leaves all other pages alone', async () => {
    for (const url of ['/', '/jobs/1', '/administrator', '/%'])
      assert.equal((await at(url)).door, 'public', url)
    assert.equal((await at('/admin', { basePath: '/convert' })).door, 'public')
    const { door, headers } = await at('/convert/admin', { basePath: '/convert' })
    assert.equal(door, 'answered')
    assert.equal(headers.Location, '/convert/admin/sign-in?to=%2Fadmin')
  })

  it('is not the only lock: every page asks by itself who is signed in', () => {
    const pages = globSync('app/(pages)/admin/**/page.tsx').filter(path => !path.includes('sign-in'))
    assert.ok(pages.length > 1)
    for (const path of pages) assert.match(readFileSync(path, 'utf8'), /await signedIn\(\)/, path)
  })
})
