import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { WHY_NO_RADOSGW } from '#test/radosgw/why-no-radosgw.ts'
import { Radosgw } from '#test/radosgw.ts'
import { publish, send, startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const TEXT = Buffer.from('0123456789')

describe('a result with DOWNLOADS=storage', { skip: WHY_NO_RADOSGW }, () => {
  let server: Radosgw
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let id: string

  before(async () => {
    server = await Radosgw.open()
    const { endpoint, region, credentials } = server
    process.env.AWS_ACCESS_KEY_ID = credentials.accessKeyId
    process.env.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey
    testServer = await startTestServer({
      STORAGE: `s3://${await server.makeBucket()}/files`,
      S3_ENDPOINT: endpoint,
      AWS_REGION: region,
      DOWNLOADS: 'storage',
    })
    const job = await (
      await send(testServer.url, { name: 'Übersicht “eins”.txt', bytes: Buffer.from('hello') })
    ).json()
    id = job.id
    const run = { worker: 'test/1', slots: 1 }
    const consumer = await testServer.jobs.consume(async attempt => {
      await publish(testServer.storage, attempt, TEXT)
    }, run)
    await until('it is completed', async () => (await testServer.jobs.get(id))?.state === 'completed')
    await consumer.stop(1000)
  })
  after(async () => {
    await testServer.close()
    await server.close()
  })

  const ask = (query = '', init: RequestInit = {}) =>
    fetch(`${testServer.url}/api/jobs/${id}/result${query}`, { redirect: 'manual', ...init })

  it('comes from the bucket, under the same name, as a whole and in ranges', async () => {
    const answer = await ask()
    assert.equal(answer.status, 307)
    const location = answer.headers.get('location') ?? ''
    assert.ok(location.startsWith(server.endpoint))
    const bytes = await fetch(location)
    assert.equal(await bytes.text(), TEXT.toString())
    const served = await ask('', { method: 'HEAD' })
    for (const name of ['content-disposition', 'content-type', 'content-length'])
      assert.equal(bytes.headers.get(name), served.headers.get(name), name)
    const followed = await ask('', { redirect: 'follow', headers: { range: 'bytes=2-4' } })
    assert.deepEqual([followed.status, await followed.text()], [206, '234'])
  })

  it('comes from the web process where it is shown, or a version is asked for', async () => {
    const shown = await ask('?inline=1')
    assert.equal(shown.status, 200)
    assert.match(shown.headers.get('content-security-policy') ?? '', /frame-ancestors 'self'$/)
    const etag = shown.headers.get('etag') ?? ''
    assert.equal((await ask('', { headers: { 'if-none-match': etag } })).status, 304)
    assert.equal((await ask('', { headers: { 'if-match': etag } })).status, 200)
  })

  it('that is deleted is refused as ever', async () => {
    const result = (await testServer.jobs.get(id))?.result
    await testServer.storage.delete(result?.key ?? '')
    assert.equal((await ask()).status, 404)
  })
})
