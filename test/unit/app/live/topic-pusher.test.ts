import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { it, type TestContext } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Server } from 'socket.io'
import type { ServerEvents } from '#app/live/protocol.ts'
import { rooms } from '#app/live/rooms.ts'
import { TopicPusher } from '#app/live/topic-pusher.ts'

const ROOM = rooms.operators('workers')

it('reads and pushes once a second while somebody looks, and reads nothing otherwise', async t => {
  const { enter, leave, pushed, reads, tick } = await open(t)
  await tick(10)
  assert.equal(reads(), 0, 'nobody looks')
  enter('operators jobs')
  await tick(3)
  assert.equal(reads(), 0, 'somebody looks at something else')
  enter(ROOM)
  await tick(3)
  assert.deepEqual([reads(), pushed.length], [4, 4], 'at once, and each second')
  leave(ROOM)
  await tick(10)
  assert.equal(reads(), 4)
  enter(ROOM)
  await tick(1)
  assert.equal(reads(), 6)
})

it('goes on after a read that failed', async t => {
  const { enter, failures, tick, fail } = await open(t)
  enter(ROOM)
  fail(true)
  await tick(2)
  fail(false)
  await tick(1)
  assert.equal(failures.length, 2)
})

/** A server of which only rooms and pushes are there. */
async function open(t: TestContext) {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const adapter = Object.assign(new EventEmitter(), { rooms: new Map<string, Set<string>>() })
  const pushed: unknown[] = []
  const io = {
    of: () => ({ adapter }),
    to: () => ({ emit: (...content: unknown[]) => void pushed.push(content) }),
  } as unknown as Server<object, ServerEvents>
  const failures: unknown[] = []
  let [reads, fails] = [0, false]
  const pusher = new TopicPusher({
    ...{ io, topic: 'workers', onError: error => failures.push(error) },
    async read() {
      reads++
      if (fails) throw new Error('the database is away')
      return []
    },
  })
  t.after(() => pusher.stop())
  return {
    ...{ pushed, failures, reads: () => reads },
    fail(isFailing: boolean) {
      fails = isFailing
    },
    enter(room: string) {
      adapter.rooms.set(room, new Set(['socket']))
      adapter.emit('create-room', room)
    },
    leave(room: string) {
      adapter.rooms.delete(room)
      adapter.emit('delete-room', room)
    },
    async tick(seconds: number) {
      for (let n = 0; n < seconds; n++) {
        await setImmediate()
        t.mock.timers.tick(1000)
        await setImmediate()
      }
    },
  }
}
