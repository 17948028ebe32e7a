import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seccompFilter } from '#worker/sandbox/seccomp.ts'
import { PROCESSORS, type Processor } from '#worker/sandbox/syscalls.ts'

const ALLOW = 'allow'
const CLONE_NEWUSER = 0x10000000

interface Call {
  audit: number
  number: number
  /** The first argument, its lower half. */
  argument?: number | undefined
}

/** Runs the filter as the kernel would. */
function answerOf(filter: Buffer, { audit, number, argument = 0 }: Call): string {
  const words = new Map([
    [0, number],
    [4, audit],
    [16, argument],
  ])
  let loaded = 0
  for (let at = 0; ; ) {
    assert.ok(at * 8 < filter.length, 'a jump left the program')
    const code = filter.readUInt16LE(at * 8)
    const [met, unmet] = [filter.readUInt8(at * 8 + 2), filter.readUInt8(at * 8 + 3)]
    const value = filter.readUInt32LE(at * 8 + 4)
    at += 1
    if (code === 0x20) loaded = words.get(value) ?? assert.fail(`nothing lies at ${value}`)
    else if (code === 0x15) at += loaded === value ? met : unmet
    else if (code === 0x35) at += loaded >>> 0 >= value ? met : unmet
    else if (code === 0x45) at += (loaded & value) !== 0 ? met : unmet
    else if (code === 0x06) return nameOf(value)
    else assert.fail(`unknown instruction ${code}`)
  }
}

function nameOf(value: number): string {
  if (value === 0x7fff0000) return ALLOW
  if (value === 0x80000000) return 'kill'
  if (value === 0x00050001) return 'EPERM'
  if (value === 0x00050026) return 'ENOSYS'
  if (value === 0x00050000) return 'done'
  return assert.fail(`unknown answer ${value.toString(16)}`)
}

const read = { x64: 0, arm64: 63 } as const

for (const name of ['x64', 'arm64'] as const) {
  const processor = PROCESSORS.get(name) as Processor
  const filter = seccompFilter(processor)
  const answer = (number: number, argument?: number) =>
    answerOf(filter, { audit: processor.audit, number, argument })

  describe(`the system call filter for ${name}`, () => {
    it('kills a process that calls through another ABI', () => {
      assert.equal(answerOf(filter, { audit: 0x40000003, number: read[name] }), 'kill')
    })

    it('denies each call of its table', () => {
      assert.ok(Object.keys(processor.denied).length > 50)
      for (const [call, number] of Object.entries(processor.denied))
        assert.equal(answer(number), 'EPERM', call)
    })

    it('says that what would wait for the disk is done', () => {
      assert.ok(Object.keys(processor.syncing).length >= 6)
      for (const [call, number] of Object.entries(processor.syncing))
        assert.equal(answer(number), 'done', call)
    })

    it('allows what LibreOffice lives on', () => assert.equal(answer(read[name]), ALLOW))

    it('allows sockets of this machine and denies all others', () => {
      assert.equal(answer(processor.socket, 1), ALLOW)
      for (const family of [0, 2, 10, 16, 17, 40]) assert.equal(answer(processor.socket, family), 'EPERM')
    })

    it('allows threads and denies new user namespaces', () => {
      assert.equal(answer(processor.clone, 0x003d0f00), ALLOW)
      assert.equal(answer(processor.clone, CLONE_NEWUSER | 17), 'EPERM')
    })

    it('says that clone3 does not exist, so that libc falls back to clone', () =>
      assert.equal(answer(processor.clone3), 'ENOSYS'))
  })
}

describe('the system call filter for x64', () => {
  it('denies the x32 ABI, whose numbers would slip past', () => {
    const processor = PROCESSORS.get('x64') as Processor
    const x32 = { audit: processor.audit, number: 0x40000000 + 520 }
    assert.equal(answerOf(seccompFilter(processor), x32), 'EPERM')
  })
})
