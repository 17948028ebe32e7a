import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as settled } from 'node:timers/promises'
import type { JobListener } from '#app/(pages)/live/job-listener.ts'
import { MainConnection, type StoreConnection } from '#app/(pages)/live/main-connection.ts'
import { snapshot } from './samples.ts'

/** A connection that is open, with all that it and a store heard. */
async function opened() {
  const heard: string[] = []
  const listeners: JobListener[] = []
  const connection = new MainConnection({
    async open(listener) {
      listeners.push(listener)
      return {
        follow: ids => heard.push(`follow ${ids}`),
        followBatch: id => heard.push(`follow batch ${id}`),
        close: () => heard.push('closed'),
      }
    },
    onFirstJobs: () => heard.push('needs a store'),
  })
  const close = connection.subscribe(() => heard.push(`mark ${connection.link().state}`))
  const store: JobListener = {
    onJobs: jobs => heard.push(`jobs ${jobs.map(({ id }) => id)}`),
    onProgress: ({ id }) => heard.push(`progress ${id}`),
    onMoved: moved => heard.push(`moved ${moved.length}`),
    onGone: id => heard.push(`gone ${id}`),
    onBatch: ({ id }) => heard.push(`batch ${id}`),
    onLink: ({ state }) => heard.push(`link ${state}`),
    unfinished: () => ['job-1'],
    batches: () => ['batch-1'],
  }
  const server = listeners[0]
  assert.ok(server)
  await settled()
  return { connection, server, store, listeners, close, said: () => heard.splice(0) }
}

describe('the connection of the main page', () => {
  it('has a true mark before there is a store, and needs one only for jobs', async () => {
    const { server, said } = await opened()
    server.onLink({ state: 'live' })
    server.onJobs([])
    assert.deepEqual(said(), ['mark live'])
    assert.deepEqual([server.unfinished(), server.batches()], [[], []])
    server.onJobs([snapshot()])
    assert.deepEqual(said(), ['needs a store'])
  })

  it('gives a store what it has missed, in order, and then all that comes', async () => {
    const { connection, server, store, said } = await opened()
    server.onLink({ state: 'live' })
    server.onJobs([snapshot(), snapshot({ id: 'job-2' })])
    server.onGone('job-2')
    said()
    const own = connection.takeOver(store)
    assert.deepEqual(said(), ['link live'])
    await settled()
    assert.deepEqual(said(), ['jobs job-1,job-2', 'gone job-2'])
    assert.deepEqual([server.unfinished(), server.batches()], [['job-1'], ['batch-1']])
    server.onJobs([snapshot({ id: 'job-3' })])
    server.onLink({ state: 'offline' })
    own.follow(['job-4'])
    own.followBatch('batch-2')
    assert.deepEqual(said(), [
      'jobs job-3',
      'link offline',
      'mark offline',
      'follow job-4',
      'follow batch batch-2',
    ])
  })

  it('stays open when the store leaves, ends with the last mark, and opens again', async () => {
    const { connection, server, store, listeners, close, said } = await opened()
    connection.takeOver(store).close()
    said()
    server.onGone('job-1')
    assert.deepEqual(said(), [])
    close()
    await settled()
    assert.deepEqual(said(), ['closed'])
    connection.subscribe(() => {})
    assert.equal(listeners.length, 2)
  })

  it('closes what is open only after its last mark has left', async () => {
    const heard: string[] = []
    const { promise, resolve: open } = Promise.withResolvers<StoreConnection>()
    const connection = new MainConnection({ open: () => promise, onFirstJobs: () => {} })
    const close = connection.subscribe(() => {})
    close()
    open({ follow: () => {}, followBatch: () => {}, close: () => heard.push('closed') })
    await settled()
    assert.deepEqual(heard, ['closed'])
  })
})
