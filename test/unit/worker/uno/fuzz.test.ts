import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { cpuMs } from '#test/cpu-time.ts'
import { Random } from '#test/random.ts'
import { blockOf } from '#worker/uno/blocks.ts'
import { Bridge } from '#worker/uno/bridge.ts'
import { getByIndex, getCount, getStyleFamilies, storeToUrl, supportsService } from '#worker/uno/methods.ts'
import { PROTOCOL_LIMITS } from '#worker/uno/protocol-limits.ts'
import { statusIndicatorFor } from '#worker/uno/status-indicator.ts'
import { ProtocolError } from '#worker/uno/uno-errors.ts'
import { layoutListener } from '#worker/uno/whole-layout.ts'
import { randomMessage } from './random-message.ts'
import { recording, silent } from './scripted-peer.ts'

const CASES = 20_000
const SEED = 20_251
/** Honest cases take some microseconds; the room is for a busy machine. */
const CASE_LIMIT_MS = 1000
const GROWTH_LIMIT_BYTES = 64 * 1024 * 1024

const recorded = ['presentation', 'text', 'refusals'].flatMap(name =>
  recording(name).filter(chunk => chunk.direction === 'received'),
)

/** A bridge with calls under way and two objects lent, as in the middle of a load. */
class Victim {
  readonly bridge: Bridge
  destroyed = 0
  readonly #outcomes: Promise<unknown>[] = []

  constructor() {
    const destroy = () => {
      this.destroyed += 1
    }
    this.bridge = new Bridge(silent({ destroy }), 'ours')
    this.bridge.exportObject(statusIndicatorFor(() => {}))
    this.bridge.exportObject(layoutListener())
    const { bridge } = this
    this.#watch(bridge.call({ ...supportsService, objectId: 'doc' }, ['a service']))
    this.#watch(bridge.call({ ...getByIndex, objectId: 'doc' }, [0]))
    this.#watch(bridge.call({ ...getStyleFamilies, objectId: 'doc' }, []))
    this.#watch(bridge.call({ ...getCount, objectId: 'doc' }, []))
    this.#watch(bridge.call({ ...storeToUrl, objectId: 'doc' }, ['file:///o', []]))
  }

  get alive(): boolean {
    return this.destroyed === 0
  }

  /** What the calls were rejected with that this client did not foresee; waits until all are settled. */
  async strange(): Promise<unknown[]> {
    const causes = await Promise.all(this.#outcomes)
    return causes.filter(cause => cause !== undefined)
  }

  #watch(call: Promise<unknown>): void {
    // An own check that is missing would show as another error in the cause.
    const cause = (error: unknown) => (error instanceof ProtocolError ? error.cause : undefined)
    this.#outcomes.push(call.then(() => undefined, cause))
  }
}

/** A stream to send: mutated or not, recorded or made up, in one chunk or several. */
function hostileChunks(random: Random): Buffer[] {
  const source = random.below(10)
  const message = source < 3 ? random.pick(recorded).bytes.subarray(8) : randomMessage(random)
  const body = random.below(8) === 0 ? message : mutated(random, message)
  if (source === 9) return [mutated(random, blockOf(body))]
  const block = blockOf(body)
  if (random.below(50) === 0) block.writeUInt32BE(random.below(4), 4)
  if (random.below(8) > 0) return [block]
  const cut = random.below(block.length)
  return [block.subarray(0, cut), block.subarray(cut)]
}

function mutated(random: Random, bytes: Buffer): Buffer {
  let result: Buffer = Buffer.from(bytes)
  for (let times = 1 + random.below(3); times > 0; times--) result = mutatedOnce(random, result)
  return result
}

function mutatedOnce(random: Random, bytes: Buffer): Buffer {
  const at = random.below(bytes.length + 1)
  const rest = bytes.subarray(at)
  switch (random.below(6)) {
    case 0:
      return bytes.subarray(0, at)
    case 1:
      return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(9)), rest])
    case 2:
      return Buffer.concat([bytes.subarray(0, at), rest.subarray(random.below(9))])
    case 3:
      return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(1 + random.below(5), 255), rest.subarray(1)])
    case 4:
      return Buffer.concat([bytes.subarray(0, at), random.pick(recorded).bytes.subarray(random.below(60))])
    default:
      if (rest.length > 0) rest.writeUInt8(rest.readUInt8(0) ^ (1 << random.below(8)), 0)
      return bytes
  }
}

function settledMemory(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test(`${CASES} hostile streams (seed ${SEED}) never throw, hang or leak, and end in order`, {
  timeout: 120_000,
}, async () => {
  const random = new Random(SEED)
  // Some hundred thousand errors are made here; collecting their stacks would take half of the time.
  Error.stackTraceLimit = 0
  const before = settledMemory()
  let victim = new Victim()
  let survived = 0
  let ended = 0
  let slowest = 0
  for (let index = 0; index < CASES; index++) {
    const chunks = hostileChunks(random)
    const started = cpuMs()
    for (const chunk of chunks) victim.bridge.receive(chunk)
    slowest = Math.max(slowest, cpuMs() - started)
    if (victim.alive && random.below(20) > 0) {
      survived += 1
      continue
    }
    ended += 1
    victim.bridge.close()
    assert.equal(victim.bridge.counts.pending, 0)
    assert.ok((await victim.bridge.closed) instanceof ProtocolError)
    assert.equal(victim.destroyed, 1)
    assert.deepEqual(await victim.strange(), [], `case ${index}`)
    victim = new Victim()
  }
  assert.ok(slowest < CASE_LIMIT_MS, `the slowest case took ${slowest} ms`)
  assert.ok(settledMemory() - before < GROWTH_LIMIT_BYTES)
  // Both kinds have to be there, else this tested less than it says.
  assert.ok(survived > CASES / 20 && ended > CASES / 4, `${survived} survived, ${ended} ended`)
})

test('the largest block that is taken at all costs little memory and time', () => {
  const body = Buffer.alloc(PROTOCOL_LIMITS.blockBytes)
  // A reply to n1 with an any of sequences of sequences, each announcing as much as fits.
  const head = Buffer.from([0x88, 2, 0x6e, 0x31, 0xff, 0xff, 0x94, 0xff, 0xff, 7, ...Buffer.from('[][]any')])
  for (let at = 0; at < body.length; at += 5) body.write('ff00002710', at, 'hex')
  head.copy(body)
  const victim = new Victim()
  const before = process.memoryUsage().heapUsed
  const started = cpuMs()
  victim.bridge.receive(blockOf(body))
  assert.equal(victim.alive, false)
  assert.ok(cpuMs() - started < CASE_LIMIT_MS)
  assert.ok(process.memoryUsage().heapUsed - before < GROWTH_LIMIT_BYTES)
})
