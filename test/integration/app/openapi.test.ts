import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startTestServer } from '#test/test-server.ts'

describe('the API', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    testServer = await startTestServer()
  })
  after(() => testServer.close())

  it('describes itself', async () => {
    const { paths } = await (await fetch(`${testServer.url}/api/openapi.json`)).json()
    for (const path of [
      '/api/jobs',
      '/api/jobs/{id}',
      '/api/jobs/{id}/result',
      '/api/status/{id}',
      '/readyz',
    ])
      assert.ok(paths[path], path)
  })

  it('describes a job that has no error yet as valid, and a batch number as no fixed one', async () => {
    const { components, paths } = await (await fetch(`${testServer.url}/api/openapi.json`)).json()
    const { properties: ofJob } = components.schemas.Job
    for (const [name, schema] of Object.entries({
      progress: 'Progress',
      result: 'Result',
      report: 'Report',
      error: 'JobError',
      receipt: 'DeletionReceipt',
    }))
      assert.deepEqual(
        ofJob[name],
        { anyOf: [{ $ref: `#/components/schemas/${schema}` }, { type: 'null' }] },
        name,
      )
    const { content } = paths['/api/jobs'].post.requestBody
    const bodies = [content['multipart/form-data'].schema, ...content['application/json'].schema.anyOf]
    assert.equal(bodies.length, 4)
    for (const { properties } of bodies) assert.equal(properties.batchId.default, undefined)
  })
})
